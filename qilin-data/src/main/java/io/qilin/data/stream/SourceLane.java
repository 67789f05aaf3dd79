package io.qilin.data.stream;

import io.qilin.api.stream.StreamSource;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A source of a pipeline with how far its event time has come. */
final class SourceLane<P> {
  static final long NEVER = Long.MIN_VALUE;

  final StreamSource<P> source;

  /** The greatest event time that it brought. */
  long newest = NEVER;

  /** When it last brought something, by the ticker. */
  long lastTick;

  /** What it had thrown away in earlier processes. */
  long droppedBefore;

  boolean idle;

  /** Whether the source had ended after the last poll. */
  boolean ended;

  int failures;

  SourceLane(StreamSource<P> source) {
    this.source = source;
  }

  /** Whether its event time holds back the watermark. */
  boolean counts() {
    return !idle && !ended;
  }

  long dropped() {
    return droppedBefore + source.dropped();
  }

  void save(DataOutput out) throws IOException {
    out.writeUTF(source.id());
    out.writeLong(source.position());
    out.writeLong(newest);
    out.writeLong(dropped());
    out.writeBoolean(idle);
  }

  void load(DataInput in) throws IOException {
    in.readUTF(); // the id, which is for people who look into the file: the fingerprint holds it
    // too
    source.seek(in.readLong());
    newest = in.readLong();
    droppedBefore = in.readLong();
    idle = in.readBoolean();
  }
}
