package io.qilin.data.csv;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.internal.Place;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file, decompressed if it begins like gzip, that stop at the limits of {@link
 * CsvLimits}.
 */
final class GuardedInput extends InputStream {
  /** Decompressed bytes before the ratio counts: a short file may well be one row repeated. */
  private static final long FREE_BYTES = 1 << 22;

  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final Counter compressed;
  private final boolean gzip;
  private final Place place;
  private final CsvLimits limits;
  private long produced;

  private GuardedInput(
      InputStream in, Counter compressed, boolean gzip, Place place, CsvLimits limits) {
    this.in = in;
    this.compressed = compressed;
    this.gzip = gzip;
    this.place = place;
    this.limits = limits;
  }

  /**
   * Opens a file.
   *
   * @throws QilinException DATA_NOT_FOUND, DATA_FORMAT for a broken gzip header, IO
   */
  static GuardedInput open(Path file, CsvLimits limits) {
    Place place = Place.of(file);
    try {
      Counter counter = new Counter(Files.newInputStream(file));
      BufferedInputStream raw = new BufferedInputStream(counter, BUFFER);
      try {
        raw.mark(2);
        boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
        raw.reset();
        InputStream in = gzip ? new GzipMembers(raw, BUFFER) : raw;
        return new GuardedInput(in, counter, gzip, place, limits);
      } catch (IOException e) {
        raw.close();
        throw e;
      }
    } catch (IOException e) {
      throw failure(place, e);
    }
  }

  /** The typed error for a failed read. */
  static QilinException failure(Place place, @Nullable Throwable e) {
    if (e instanceof ZipException || e instanceof EOFException) {
      return place.error(
          ErrorCode.DATA_FORMAT, "the gzip data is damaged or cut short; fetch the file again", e);
    }
    if (e instanceof NoSuchFileException) {
      return place.error(ErrorCode.DATA_NOT_FOUND, "there is no such file; check the path", e);
    }
    if (e instanceof AccessDeniedException) {
      return place.error(ErrorCode.IO, "the file may not be read; check its permissions", e);
    }
    return place.error(ErrorCode.IO, "the file cannot be read", e);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = in.read(buffer, offset, length);
    if (n > 0) {
      produced += n;
      check();
    }
    return n;
  }

  private void check() {
    if (produced > limits.fileBytes()) {
      throw place.tooLarge(
          "the file is larger than " + limits.fileBytes() + " bytes; split it or raise the limit");
    }
    if (gzip && produced > FREE_BYTES && produced / limits.gzipRatio() > compressed.count) {
      throw place.tooLarge("each compressed byte becomes more than "
          + limits.gzipRatio()
          + " bytes, which is no market data but a gzip bomb");
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Counts the bytes that come from the disk. */
  private static final class Counter extends InputStream {
    private final InputStream in;
    private long count;

    Counter(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      int b = in.read();
      count += b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = in.read(buffer, offset, length);
      count += Math.max(n, 0);
      return n;
    }

    /** Without it the JDK takes the end of a gzip member at the end of a buffer for the end of the file. */
    @Override
    public int available() throws IOException {
      return in.available();
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
