/**
 * The parts of TensorFlow.js that face-api.js calls in any of its networks, and no others. It copies whatever this module exports into one object,
 * so that no bundler could tell what of it is used. `vite.config.ts` puts this in the place of `@tensorflow/tfjs`.
 */
import '@tensorflow/tfjs-core/dist/public/chained_ops/as1d.js';
import '@tensorflow/tfjs-core/dist/public/chained_ops/as2d.js';
import '@tensorflow/tfjs-core/dist/public/chained_ops/as3d.js';
import '@tensorflow/tfjs-core/dist/public/chained_ops/as4d.js';
import '@tensorflow/tfjs-core/dist/public/chained_ops/div.js';
import '@tensorflow/tfjs-core/dist/public/chained_ops/expand_dims.js';
import '@tensorflow/tfjs-core/dist/public/chained_ops/mean.js';
import '@tensorflow/tfjs-core/dist/public/chained_ops/mul.js';
import '@tensorflow/tfjs-core/dist/public/chained_ops/slice.js';
import '@tensorflow/tfjs-core/dist/public/chained_ops/sub.js';
import '@tensorflow/tfjs-core/dist/public/chained_ops/sum.js';
import '@tensorflow/tfjs-core/dist/public/chained_ops/to_int.js';

import { resizeBilinear } from '@tensorflow/tfjs-core/dist/ops/image/resize_bilinear.js';

export {
  add,
  avgPool,
  batchNorm,
  browser,
  cast,
  clipByValue,
  concat,
  conv2d,
  depthwiseConv2d,
  div,
  exp,
  expandDims,
  fill,
  io,
  matMul,
  maxPool,
  mul,
  pad,
  relu,
  reshape,
  scalar,
  separableConv2d,
  sigmoid,
  slice,
  slice3d,
  softmax,
  stack,
  sub,
  Tensor,
  tensor,
  tensor1d,
  tensor2d,
  tensor3d,
  tensor4d,
  tidy,
  tile,
  transpose,
  unstack,
  Variable,
  zeros,
} from '@tensorflow/tfjs-core/dist/index.js';

export const image = { resizeBilinear };
