package io.qilin.flink;

import io.qilin.data.stream.StreamIntake;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A source of an intake task. */
final class IntakeLane<T> {
  /** What takes its messages; null before the first, if the source was only announced. */
  @Nullable
  StreamIntake<ByteBuffer, T> intake;

  /** When it last brought something, in milliseconds of processing time. */
  long lastMillis;

  boolean idle;

  IntakeLane(long nowMillis) {
    this.lastMillis = nowMillis;
  }

  long watermark() {
    return intake == null ? Long.MIN_VALUE : intake.watermark();
  }
}
