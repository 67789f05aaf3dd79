package io.qilin.data.arrow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.internal.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Objects;

/** Where a table is written to. */
interface ArrowSink {
  OutputStream stream();

  /** Makes what was written so far readable, where readers need not wait for the end. */
  void flush() throws IOException;

  /** Ends what was written, well. */
  void publish() throws IOException;

  /** Ends it, and takes back what was not published if that can be. */
  void close() throws IOException;

  QilinException failure(IOException cause);

  /** A file that is there whole or not at all. */
  static ArrowSink to(Path target) {
    AtomicFile file = AtomicFile.create(target);
    OutputStream stream = file.stream();
    return new ArrowSink() {
      @Override
      public OutputStream stream() {
        return stream;
      }

      @Override
      public void flush() {
        // Nobody reads the file before it is published.
      }

      @Override
      public void publish() throws IOException {
        file.publish();
      }

      @Override
      public void close() throws IOException {
        file.close();
      }

      @Override
      public QilinException failure(IOException cause) {
        return AtomicFile.failure(target, cause);
      }
    };
  }

  /** A stream of the caller. */
  static ArrowSink to(OutputStream out) {
    Objects.requireNonNull(out, "out");
    return new ArrowSink() {
      @Override
      public OutputStream stream() {
        return out;
      }

      @Override
      public void flush() throws IOException {
        out.flush();
      }

      @Override
      public void publish() throws IOException {
        out.flush();
      }

      @Override
      public void close() {
        // The stream is the caller's.
      }

      @Override
      public QilinException failure(IOException cause) {
        return new QilinException(ErrorCode.IO, "the Arrow stream cannot be written", cause);
      }
    };
  }
}
