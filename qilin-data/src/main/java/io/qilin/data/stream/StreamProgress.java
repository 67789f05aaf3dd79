package io.qilin.data.stream;

/** How far a pipeline has come: its watermark, and what became of the messages. */
final class StreamProgress {
  /** No record before it is taken any more, in nanoseconds since 1970. */
  long watermark = SourceLane.NEVER;

  long offered;
  long processed;
  long late;
  long deadLettered;
  long checkpoints;

  /** What became of the messages, with what the parts of the pipeline have counted. */
  StreamCounters counters(long droppedBySources, SequenceTracker sequences, long windows) {
    return new StreamCounters(
        offered + droppedBySources,
        processed,
        late,
        deadLettered,
        droppedBySources + sequences.repeated(),
        sequences.repeated(),
        sequences.missing(),
        sequences.outOfOrder(),
        sequences.restarts(),
        windows,
        checkpoints);
  }

  /** As it is when the checkpoint that is being written counts. */
  void save(CheckpointWriter out) {
    out.int64(watermark);
    out.int64(offered);
    out.int64(processed);
    out.int64(late);
    out.int64(deadLettered);
    out.int64(checkpoints + 1);
  }

  void load(CheckpointReader in) {
    watermark = in.int64("watermark", Long.MIN_VALUE, EventTime.END_OF_TIME);
    offered = in.count("count of messages offered");
    processed = in.int64("count of records processed", 0, offered);
    late = in.int64("count of late records", 0, offered - processed);
    deadLettered = in.int64("count of dead letters", 0, offered - processed - late);
    checkpoints = in.count("count of checkpoints");
  }

  /** Requires that all messages are accounted for. */
  void check(CheckpointReader in, long repeated) {
    if (offered - processed - late - deadLettered != repeated) {
      throw in.wrong(
          "count of repeated numbers", offered - processed - late - deadLettered, repeated);
    }
  }
}
