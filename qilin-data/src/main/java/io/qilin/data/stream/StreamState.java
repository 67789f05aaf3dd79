package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The state of a pipeline in a checkpoint: which pipeline it is, then its parts, in the order in which they were added. */
final class StreamState {
  private static final int FORMAT = 2;

  private final String fingerprint;
  private final List<Consumer<CheckpointWriter>> savers = new ArrayList<>();
  private final List<Consumer<CheckpointReader>> loaders = new ArrayList<>();

  StreamState(String fingerprint) {
    this.fingerprint = fingerprint;
  }

  void add(Consumer<CheckpointWriter> saver, Consumer<CheckpointReader> loader) {
    savers.add(saver);
    loaders.add(loader);
  }

  void save(CheckpointWriter out) {
    out.int32(FORMAT);
    out.text(fingerprint);
    savers.forEach(saver -> saver.accept(out));
  }

  /**
   * Reads the parts.
   *
   * @throws QilinException INVALID_CONFIGURATION if it is the state of another pipeline; DATA_FORMAT if it is none
   */
  void load(CheckpointReader in) {
    in.int32("format", FORMAT, FORMAT);
    String found = in.text("name of the pipeline", CheckpointFile.MOST_TEXT);
    if (!found.equals(fingerprint)) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "the checkpoint is of another pipeline, " + QilinException.quote(found) + "; this one is "
              + fingerprint + "; build the pipeline as it was, or name another checkpoint");
    }
    loaders.forEach(loader -> loader.accept(in));
  }
}
