package io.qilin.data.stream;

import io.qilin.api.error.QilinException;
import io.qilin.api.stream.StreamReceiver;
import io.qilin.api.stream.StreamSource;
import java.util.List;

/** Messages in memory; a position is an index. */
final class ListSource<P> implements StreamSource<P> {
  private final String id;
  private final List<P> messages;
  private int next;

  ListSource(String id, List<P> messages) {
    this.id = id;
    this.messages = List.copyOf(messages);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public long position() {
    return next;
  }

  @Override
  public void seek(long position) {
    if (position < 0 || position > messages.size()) {
      throw QilinException.invalid("no position " + position);
    }
    next = (int) position;
  }

  @Override
  public int poll(int most, StreamReceiver<P> receiver) {
    int taken = 0;
    while (taken < most && next < messages.size()) {
      receiver.message(next, messages.get(next));
      next++;
      taken++;
    }
    return taken;
  }

  @Override
  public boolean ended() {
    return next == messages.size();
  }

  @Override
  public void commit(long position) {
    if (position > next) {
      throw QilinException.invalid("not read to " + position);
    }
  }

  @Override
  public long dropped() {
    return 0;
  }

  @Override
  public void close() {
    // There is nothing to release.
  }
}
