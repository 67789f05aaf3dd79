package io.qilin.mlflow;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes the body of an answer piece by piece. */
interface Sink {
  void take(ByteBuffer bytes) throws IOException;
}
