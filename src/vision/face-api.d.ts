/** The parts of face-api.js that this room uses, in terms of the one tfjs-core that it runs on. */
declare module 'face-api.js/dist/face-api.esm-nobundle.js' {
  import type { Tensor3D } from '@tensorflow/tfjs-core';

  interface Network {
    loadFromUri(uri: string): Promise<void>;
    dispose(throwOnRedispose?: boolean): void;
  }

  export class TinyFaceDetectorOptions {
    constructor(options: { inputSize: number; scoreThreshold: number });
  }

  export class TinyFaceDetector implements Network {
    loadFromUri(uri: string): Promise<void>;
    dispose(throwOnRedispose?: boolean): void;
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
    loadFromUri(uri: string): Promise<void>;
    dispose(throwOnRedispose?: boolean): void;
    predictAgeAndGender(input: Tensor3D): Promise<AgeAndGender | AgeAndGender[]>;
  }

  export const env: { setEnv(environment: Record<string, unknown>): void };
}

declare module '@tensorflow/tfjs-core/dist/index.js' {
  export * from '@tensorflow/tfjs-core';
}

declare module '@tensorflow/tfjs-backend-webgl/dist/index.js' {
  export * from '@tensorflow/tfjs-backend-webgl';
}

declare module '@tensorflow/tfjs-backend-wasm/dist/index.js' {
  export * from '@tensorflow/tfjs-backend-wasm';
}
