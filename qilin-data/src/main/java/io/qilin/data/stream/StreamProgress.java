package io.qilin.data.stream;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How far a pipeline has come: its watermark, and what became of the messages. */
final class StreamProgress {
  /** No record before it is taken any more, in nanoseconds since 1970. */
  long watermark = SourceLane.NEVER;

  long offered;
  long processed;
  long late;
  long deadLettered;
  long checkpoints;

  /** As it is when the checkpoint that is being written counts. */
  void save(DataOutput out) throws IOException {
    out.writeLong(watermark);
    out.writeLong(offered);
    out.writeLong(processed);
    out.writeLong(late);
    out.writeLong(deadLettered);
    out.writeLong(checkpoints + 1);
  }

  void load(DataInput in) throws IOException {
    watermark = in.readLong();
    offered = in.readLong();
    processed = in.readLong();
    late = in.readLong();
    deadLettered = in.readLong();
    checkpoints = in.readLong();
  }
}
