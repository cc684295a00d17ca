/** The parts of face-api.js that this room uses, in terms of the one tfjs-core that it runs on. */
declare module 'face-api.js/dist/face-api.esm-nobundle.js' {
  import type { NamedTensorMap, Tensor1D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';

  interface Network {
    loadFromWeightMap(weights: NamedTensorMap): void;
  }

  export class TinyFaceDetectorOptions {
    constructor(options: { inputSize: number; scoreThreshold: number });
  }

  export class BoundingBox {
    constructor(left: number, top: number, right: number, bottom: number);
  }

  /** One picture or several, as the networks take them. */
  interface NetInput {
    /** Scaled to a square of this side. */
    toBatchTensor(inputSize: number, isCentred: boolean): Tensor4D;
  }

  interface ConvParams {
    readonly filters: Tensor4D;
    readonly bias: Tensor1D;
  }

  interface SeparableConvParams {
    readonly depthwise_filter: Tensor4D;
    readonly pointwise_filter: Tensor4D;
    readonly bias: Tensor1D;
  }

  type SeparableLayer = 'conv1' | 'conv2' | 'conv3' | 'conv4' | 'conv5';

  export type TinyFaceDetectorParams = Readonly<
    Record<'conv0' | 'conv8', ConvParams> & Record<SeparableLayer, SeparableConvParams>
  >;

  interface CellBox {
    box: BoundingBox;
    score: number;
    classScore: number;
    label: number;
    row: number;
    col: number;
    anchor: number;
  }

  export class TinyFaceDetector implements Network {
    readonly params: TinyFaceDetectorParams | undefined;
    readonly anchors: { readonly x: number; readonly y: number }[];
    forwardInput(input: NetInput, inputSize: number): Tensor4D;
    protected extractBoxes(
      output: Tensor4D,
      input: { width: number; height: number },
      scoreThreshold?: number,
    ): Promise<CellBox[]>;
    loadFromWeightMap(weights: NamedTensorMap): void;
    locateFaces(
      input: Tensor3D,
      options: TinyFaceDetectorOptions,
    ): Promise<{ score: number; relativeBox: { x: number; y: number; width: number; height: number } }[]>;
  }

  interface AgeAndGender {
    age: number;
    gender: 'female' | 'male';
    genderProbability: number;
  }

  export class AgeGenderNet implements Network {
    loadFromWeightMap(weights: NamedTensorMap): void;
    predictAgeAndGender(input: Tensor3D): Promise<AgeAndGender | AgeAndGender[]>;
  }

  export const env: { setEnv(environment: Record<string, unknown>): void };
}

declare module '@tensorflow/tfjs-core/dist/index.js' {
  export * from '@tensorflow/tfjs-core';
}
