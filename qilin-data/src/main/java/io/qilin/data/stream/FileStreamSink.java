package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.stream.StreamMessage;
import io.qilin.api.stream.StreamReceiver;
import io.qilin.api.stream.StreamSink;
import io.qilin.data.internal.AtomicFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Messages in an append-only file, each once: the ids of the last messages are remembered, also across restarts, and a
 * message that comes again is passed over. So the file holds the same after any number of crashes as without one, as long as
 * more ids are remembered than messages lie between two checkpoints.
 *
 * @param <T> what a message carries
 */
public final class FileStreamSink<T> implements StreamSink<T> {
  /** The longest message: a window of 20,000 instruments has about 2 MB. */
  private static final int MOST_BYTES = 64 << 20;

  private static final int REMEMBERED = 1 << 18;

  private final FileStreamLog log;
  private final StreamCodec<T> codec;
  private final RecentIds ids;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private FileStreamSink(FileStreamLog log, StreamCodec<T> codec, RecentIds ids) {
    this.log = log;
    this.codec = codec;
    this.ids = ids;
  }

  /** Opens or creates a file; 262,144 ids are remembered. */
  public static <T> FileStreamSink<T> open(Path path, StreamCodec<T> codec) {
    return open(path, codec, REMEMBERED);
  }

  /**
   * Opens or creates a file and reads the ids in it; the end of an interrupted write is cut off.
   *
   * @param path the file; its folder must exist
   * @param codec how payloads are written
   * @param remembered how many ids are remembered, positive
   * @throws QilinException IO if it cannot be opened; DATA_FORMAT if it is damaged
   */
  public static <T> FileStreamSink<T> open(Path path, StreamCodec<T> codec, int remembered) {
    if (remembered < 1) {
      throw QilinException.invalid("at least one id is remembered, was " + remembered);
    }
    Objects.requireNonNull(codec, "codec");
    FileStreamLog log = FileStreamLog.open(path, MOST_BYTES);
    boolean opened = false;
    try {
      RecentIds ids = new RecentIds(remembered);
      each(path, payload -> {
        try {
          ids.add(input(payload).readUTF());
        } catch (IOException e) {
          throw damaged(path, e);
        }
      });
      opened = true;
      return new FileStreamSink<>(log, codec, ids);
    } finally {
      if (!opened) {
        log.close();
      }
    }
  }

  /**
   * Reads the messages of a file in the order in which they were taken.
   *
   * @param path the file
   * @param codec how payloads were written
   * @param reader called with each
   * @throws QilinException DATA_NOT_FOUND, IO, or DATA_FORMAT if it is damaged
   */
  public static <T> void read(Path path, StreamCodec<T> codec, Consumer<StreamMessage<T>> reader) {
    each(path, payload -> {
      StreamMessage<T> message;
      try {
        DataInputStream in = input(payload);
        message = new StreamMessage<>(
            in.readUTF(),
            in.readLong(),
            in.readUTF(),
            EpochNanos.instant(in.readLong()),
            codec.read(in));
      } catch (IOException e) {
        throw damaged(path, e);
      }
      reader.accept(message);
    });
  }

  private static void each(Path path, Consumer<ByteBuffer> reader) {
    try (FileStreamSource source =
        FileStreamSource.open(AtomicFile.name(path), path, MOST_BYTES, false)) {
      StreamReceiver<ByteBuffer> receiver = new StreamReceiver<>() {
        @Override
        public void message(long position, ByteBuffer payload) {
          reader.accept(payload);
        }

        @Override
        public void damaged(long position, long length, String reason) {
          throw FileStreamSink.damaged(path, new IOException("at byte " + position + " " + reason));
        }
      };
      while (!source.ended()) {
        source.poll(1024, receiver);
      }
    }
  }

  private static DataInputStream input(ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }

  private static QilinException damaged(Path path, IOException e) {
    return new QilinException(
        ErrorCode.DATA_FORMAT,
        AtomicFile.name(path) + ": this is not a whole file of messages: " + e.getMessage(),
        e);
  }

  @Override
  public boolean accept(StreamMessage<T> message) {
    if (ids.contains(message.id())) {
      return false;
    }
    bytes.reset();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(message.id());
      out.writeLong(message.position());
      out.writeUTF(message.key());
      out.writeLong(EpochNanos.of(message.eventTime()));
      codec.write(message.payload(), out);
    } catch (IOException e) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT, "the message " + message.id() + " cannot be written", e);
    }
    log.append(bytes.toByteArray());
    ids.add(message.id());
    return true;
  }

  @Override
  public void flush() {
    log.flush();
  }

  @Override
  public void close() {
    log.close();
  }
}
