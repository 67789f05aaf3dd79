package io.qilin.data.stream;

import io.qilin.api.error.QilinException;
import io.qilin.api.stream.StreamReceiver;
import io.qilin.api.stream.StreamSource;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A log that a {@link FileStreamLog} writes, as a source. Positions are byte offsets. A frame with a wrong checksum, and a
 * stretch in which no frame begins, are passed over as damaged and the next whole frame is found; what follows the last
 * whole frame is taken for a write that is not finished.
 */
public final class FileStreamSource implements StreamSource<ByteBuffer> {
  private final String id;
  private final FrameReader reader;
  private final boolean follows;
  private final PayloadView view = new PayloadView();
  private boolean ended;

  private FileStreamSource(String id, FrameReader reader, boolean follows) {
    this.id = Objects.requireNonNull(id, "id");
    this.reader = reader;
    this.follows = follows;
  }

  /**
   * Reads a log until its end.
   *
   * @param id a stable name for checkpoints and dead letters
   * @param path the log, with messages of at most 8 MiB
   * @throws QilinException DATA_NOT_FOUND if there is no file; IO
   */
  public static FileStreamSource open(String id, Path path) {
    return open(id, path, Frames.MOST_BYTES, false);
  }

  /**
   * Reads a log.
   *
   * @param id a stable name for checkpoints and dead letters
   * @param path the log
   * @param mostBytes the longest message; a longer one counts as damaged
   * @param follow whether to wait at its end for more
   * @throws QilinException DATA_NOT_FOUND if there is no file; IO
   */
  public static FileStreamSource open(String id, Path path, int mostBytes, boolean follow) {
    return new FileStreamSource(id, FrameReader.open(path, mostBytes), follow);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public long position() {
    return reader.position();
  }

  @Override
  public void seek(long position) {
    if (position < 0 || position > reader.size()) {
      throw QilinException.invalid(
          id + " has " + reader.size() + " bytes, so there is no position " + position);
    }
    reader.seek(position);
    ended = false;
  }

  @Override
  public int poll(int most, StreamReceiver<ByteBuffer> receiver) {
    int taken = 0;
    while (taken < most && !ended) {
      long position = reader.position();
      switch (reader.next()) {
        case FRAME -> {
          reader.payload(view);
          receiver.message(position, view.bytes());
        }
        case DAMAGE -> receiver.damaged(position, reader.foundBytes(), "no whole frame is there");
        case NOTHING -> {
          ended = !follows;
          return taken;
        }
      }
      reader.skip();
      taken++;
    }
    return taken;
  }

  @Override
  public boolean ended() {
    return ended;
  }

  @Override
  public void commit(long position) {
    if (position < 0 || position > reader.position()) {
      throw QilinException.invalid(
          id + " was read to " + reader.position() + ", so " + position + " is not handled");
    }
  }

  /** How many bytes stand behind the last whole frame, as far as was read. */
  public long unfinishedBytes() {
    return ended ? reader.size() - reader.position() : 0;
  }

  @Override
  public long dropped() {
    return 0;
  }

  @Override
  public void close() {
    reader.close();
  }
}
