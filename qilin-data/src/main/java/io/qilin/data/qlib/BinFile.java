package io.qilin.data.qlib;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.internal.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One field of one instrument: float32, little-endian; the first value is the place of the first day in the calendar, the
 * others are the values of the days from there. Holds an open file.
 */
final class BinFile implements AutoCloseable {
  /** How the names of files of daily values end. */
  static final String ENDING = ".day.bin";

  private static final int WIDTH = Float.BYTES;
  private static final int MOST_EXACT = 1 << 24;
  private static final int BUFFER = 1 << 16;

  /** What is read at once when a file is opened: sixteen years of days, which costs hardly more than the head alone. */
  private static final int START = 1 << 14;

  private static final Set<OpenOption> OPTIONS =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private final SeekableByteChannel channel;
  private final ByteBuffer start;
  private final Supplier<Place> place;
  private final int first;
  private final int end;

  private BinFile(
      SeekableByteChannel channel, ByteBuffer start, Supplier<Place> place, int first, int end) {
    this.channel = channel;
    this.start = start;
    this.place = place;
    this.first = first;
    this.end = end;
  }

  /**
   * Opens a file and checks its size and its head against the calendar.
   *
   * @param place what the file is called in messages
   * @param days length of the calendar
   * @param bytes how many bytes count, if not all do: what lies behind them was never finished
   * @throws QilinException DATA_FORMAT if it does not fit; DATA_NOT_FOUND; IO
   */
  static BinFile open(Path file, Supplier<Place> place, int days, OptionalLong bytes) {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw absent(file, place.get());
      }
      SeekableByteChannel channel = Files.newByteChannel(file, OPTIONS);
      try {
        return checked(channel, place, days, bytes);
      } catch (QilinException | IOException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw failure(place.get(), e);
    }
  }

  private static QilinException absent(Path file, Place place) {
    if (Files.isSymbolicLink(file)) {
      return StorePlaces.link(place);
    }
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        ? place.malformed("this is not a file")
        : place.error(ErrorCode.DATA_NOT_FOUND, "there is no such file");
  }

  /**
   * Checks the size and the head of an open file, which is at its beginning, against the calendar.
   *
   * @throws QilinException DATA_FORMAT if it does not fit
   */
  static BinFile checked(
      SeekableByteChannel channel, Supplier<Place> place, int days, OptionalLong bytes)
      throws IOException {
    long size = bytes.orElse(channel.size());
    if (size > channel.size()) {
      throw place
          .get()
          .malformed("the file has " + channel.size() + " bytes, but had " + size
              + " before an append that was interrupted; write the store again");
    }
    if (size < WIDTH || size % WIDTH != 0) {
      throw place
          .get()
          .malformed("the file has " + size + " bytes; it should have 4 for the place of its"
              + " first day and 4 for each day; write it again");
    }
    long rows = size / WIDTH - 1;
    ByteBuffer start = bytes(channel, place, (int) Math.min(size, START));
    float head = start.getFloat(0);
    if (!(head >= 0) || head != (float) Math.rint(head)) {
      throw place
          .get()
          .malformed("the first value is the place of the first day in the calendar, a whole"
              + " number from 0, but was " + head);
    }
    if (head > days || rows > days - (long) head) {
      throw place
          .get()
          .malformed("the values of " + rows + " days from place "
              + (head > days ? Float.toString(head) : Long.toString((long) head))
              + " do not fit the calendar of " + days
              + " days; is it the calendar of these files? If the store"
              + " was appended to since it was opened, open it again");
    }
    return new BinFile(channel, start, place, (int) head, (int) (head + rows));
  }

  /** Refuses a place in the calendar that the first value of a file cannot tell exactly. */
  static void requirePlace(int place) {
    if (place > MOST_EXACT) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "a store holds at most " + MOST_EXACT + " days before an instrument begins");
    }
  }

  /** Place in the calendar of the first value. */
  int first() {
    return first;
  }

  /** Size of what counts of the file. */
  long bytes() {
    return (end - (long) first + 1) * WIDTH;
  }

  /** Place in the calendar after the last value. */
  int end() {
    return end;
  }

  /**
   * Some values.
   *
   * @param from place in the calendar of the first, not before {@link #first}
   * @param to place after the last, not after {@link #end}
   * @throws QilinException DATA_FORMAT if the file was cut short meanwhile; IO
   */
  double[] read(int from, int to) {
    double[] out = new double[to - from];
    int begin = from - first + 1;
    if (begin + out.length <= start.limit() / WIDTH) {
      copy(start.position(begin * WIDTH), out, 0, out.length);
      return out;
    }
    try {
      for (int at = 0; at < out.length; ) {
        int count = Math.min(BUFFER / WIDTH, out.length - at);
        channel.position((long) WIDTH * (begin + at));
        copy(bytes(channel, place, count * WIDTH), out, at, count);
        at += count;
      }
    } catch (IOException e) {
      throw failure(place.get(), e);
    }
    return out;
  }

  /** The first and the last known value that lie within a few places of the ends; NaN if there is none. */
  double[] ends(int look) {
    int count = Math.min(look, end - first);
    double[] head = read(first, first + count);
    double[] tail = read(end - count, end);
    double known = Arrays.stream(head).filter(v -> !Double.isNaN(v)).findFirst().orElse(Double.NaN);
    double last = Double.NaN;
    for (double value : tail) {
      last = Double.isNaN(value) ? last : value;
    }
    return new double[] {known, last};
  }

  private static void copy(ByteBuffer bytes, double[] out, int from, int count) {
    FloatBuffer values = bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (int i = 0; i < count; i++) {
      out[from + i] = values.get(i);
    }
  }

  private static ByteBuffer bytes(SeekableByteChannel channel, Supplier<Place> place, int count)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw place.get().malformed("the file became shorter while it was read");
      }
    }
    return bytes.flip();
  }

  private static QilinException failure(Place place, IOException e) {
    if (e instanceof NoSuchFileException) {
      return place.error(ErrorCode.DATA_NOT_FOUND, "there is no such file", e);
    }
    String why = e instanceof FileSystemException system && system.getReason() != null
        ? ": " + system.getReason()
        : "";
    return place.error(ErrorCode.IO, "the file cannot be read" + why, e);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failure(place.get(), e);
    }
  }
}
