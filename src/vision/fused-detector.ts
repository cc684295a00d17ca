import * as tf from '@tensorflow/tfjs-core/dist/index.js';
import {
  BoundingBox,
  type CellBox,
  type ConvParams,
  type NetInput,
  type SeparableConvParams,
  TinyFaceDetector,
} from 'face-api.js/dist/face-api.esm-nobundle.js';

/** As in face-api.js: what is taken off the colours, then by what they are divided. */
const MEAN_RGB = [117.001, 114.697, 97.404];
const COLOUR_RANGE = 255;
/** Of what is negative, this part goes on. */
const LEAK = 0.1;
/** Four sides and a score. */
const VALUES_BY_BOX = 5;
const SCORE = 4;

/**
 * The tiny face detector of face-api.js, with its weights and its answers, in fewer steps: a layer's bias and activation are part of its
 * convolution, where face-api.js goes through the whole layer five times more; the colours' mean is part of the first layer's weights; and the
 * answer is read back once.
 */
export class FusedDetector extends TinyFaceDetector {
  private first: ConvParams | null = null;

  override forwardInput(input: NetInput, inputSize: number): tf.Tensor4D {
    const { params } = this;
    if (params === undefined) throw new Error('The detector has no weights yet.');
    this.first ??= withMeanFolded(params.conv0);
    const { first } = this;
    return tf.tidy(() => {
      let layer = convolve(input.toBatchTensor(inputSize, false), first.filters, first.bias, true);
      layer = separable(halve(layer), params.conv1);
      layer = separable(halve(layer), params.conv2);
      layer = separable(halve(layer), params.conv3);
      layer = separable(halve(layer), params.conv4);
      layer = separable(halve(layer), params.conv5);
      layer = tf.maxPool(layer, [2, 2], [1, 1], 'same');
      return convolve(layer, params.conv8.filters, params.conv8.bias, false);
    });
  }

  protected override async extractBoxes(
    output: tf.Tensor4D,
    { width, height }: { width: number; height: number },
    scoreThreshold = 0,
  ): Promise<CellBox[]> {
    const values = await output.data();
    const cells = output.shape[1];
    const longer = Math.max(width, height);
    const [scaleX, scaleY] = [longer / width / cells, longer / height / cells];
    const boxes: CellBox[] = [];
    let at = 0;
    for (let row = 0; row < cells; row += 1) {
      for (let col = 0; col < cells; col += 1) {
        for (let anchor = 0; anchor < this.anchors.length; anchor += 1) {
          const from = at;
          at += VALUES_BY_BOX;
          const score = sigmoid(values[from + SCORE] ?? 0);
          if (score <= scoreThreshold) continue;
          const { x = 0, y = 0 } = this.anchors[anchor] ?? {};
          const [right = 0, down = 0, wide = 0, high = 0] = values.subarray(from, at);
          const [middleX, middleY] = [(col + sigmoid(right)) * scaleX, (row + sigmoid(down)) * scaleY];
          const [halfWidth, halfHeight] = [
            (Math.exp(wide) * x * scaleX) / 2,
            (Math.exp(high) * y * scaleY) / 2,
          ];
          const box = new BoundingBox(
            middleX - halfWidth,
            middleY - halfHeight,
            middleX + halfWidth,
            middleY + halfHeight,
          );
          boxes.push({ box, score, classScore: score, label: 0, row, col, anchor });
        }
      }
    }
    return boxes;
  }
}

/** The first layer for colours from 0 to 255: without padding, the mean is the same part of each of its sums. */
function withMeanFolded({ filters, bias }: ConvParams): ConvParams {
  return tf.tidy(() => {
    const scaled = filters.div<tf.Tensor4D>(COLOUR_RANGE);
    const ofMean = scaled.mul(tf.tensor(MEAN_RGB, [1, 1, 3, 1])).sum([0, 1, 2]);
    return { filters: tf.keep(scaled), bias: tf.keep(bias.sub<tf.Tensor1D>(ofMean)) };
  });
}

function separable(layer: tf.Tensor4D, params: SeparableConvParams): tf.Tensor4D {
  const apart = tf.depthwiseConv2d(layer, params.depthwise_filter, [1, 1], 'same');
  return convolve(apart, params.pointwise_filter, params.bias, true);
}

function convolve(layer: tf.Tensor4D, filter: tf.Tensor4D, bias: tf.Tensor1D, isLeaky: boolean): tf.Tensor4D {
  return tf.fused.conv2d({
    x: layer,
    filter,
    bias,
    strides: [1, 1],
    pad: 'valid',
    ...(isLeaky ? { activation: 'leakyrelu', leakyreluAlpha: LEAK } : {}),
  });
}

function halve(layer: tf.Tensor4D): tf.Tensor4D {
  return tf.maxPool(layer, [2, 2], [2, 2], 'same');
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
