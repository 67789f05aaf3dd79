package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.stream.StreamReceiver;
import io.qilin.api.stream.StreamSource;

/** The name of a source that an engine reads. */
record EngineSource<P>(String id) implements StreamSource<P> {
  @Override
  public long position() {
    return 0;
  }

  @Override
  public void seek(long position) {
    throw new QilinException(ErrorCode.UNSUPPORTED, "the engine reads the source " + id);
  }

  @Override
  public int poll(int most, StreamReceiver<P> receiver) {
    return 0;
  }

  @Override
  public boolean ended() {
    return false;
  }

  @Override
  public void commit(long position) {
    // The engine keeps positions.
  }

  @Override
  public long dropped() {
    return 0;
  }

  @Override
  public void close() {
    // The engine closes it.
  }
}
