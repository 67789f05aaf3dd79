package io.qilin.flink;

import io.qilin.data.stream.StreamIntake;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A source of an intake task. */
final class IntakeLane<T> {
  /** What takes its messages; null before the first, if the source was only announced. */
  @Nullable
  StreamIntake<ByteBuffer, T> intake;

  /** Where its last message stood; -1 before the first of this task. */
  long position = -1;

  /** Whether it has brought something since it was last looked after. */
  boolean heard;

  /** How long it has brought nothing, as far as the task could have taken it. */
  long silentMillis;

  boolean idle;

  long watermark() {
    return intake == null ? Long.MIN_VALUE : intake.watermark();
  }
}
