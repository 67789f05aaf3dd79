package io.qilin.data.lineage;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a log line by line. */
final class LogLines {
  private static final int PIECE = 1 << 16;

  private final RandomAccessFile log;
  private final Path file;
  private long end;
  private long count;

  /** Takes a step and where its line begins. */
  @FunctionalInterface
  interface Reader {
    void step(LineageStep step, long at);
  }

  LogLines(RandomAccessFile log, Path file) {
    this.log = log;
    this.file = file;
  }

  /** Where the last whole line ends. */
  long end() {
    return end;
  }

  /** How many whole lines there are. */
  long count() {
    return count;
  }

  /** Reads all whole lines; a damaged one is only allowed at the end of the file. */
  void scan(Reader reader) throws IOException {
    long size = log.length();
    byte[] bytes = new byte[PIECE];
    ByteArrayOutputStream line = new ByteArrayOutputStream(PIECE);
    long at = 0;
    while (at < size) {
      log.seek(at);
      int read = log.read(bytes);
      if (read < 0) {
        return;
      }
      int from = 0;
      for (int i = 0; i < read; i++) {
        if (bytes[i] == '\n') {
          line.write(bytes, from, i - from);
          if (!line(line.toByteArray(), reader, at + i + 1 == size)) {
            return;
          }
          line.reset();
          from = i + 1;
        }
      }
      line.write(bytes, from, read - from);
      if (line.size() > LineageLog.MAX_LINE) {
        throw tooLong(count + 1);
      }
      at += read;
    }
    if (line.size() > 0) {
      checkTorn(line.toByteArray());
    }
  }

  /** What is not ours is not cut off. */
  private void checkTorn(byte[] tail) {
    if (!LogLine.isTorn(tail)) {
      parse(Optional.empty(), file, count + 1);
    }
  }

  private boolean line(byte[] line, Reader reader, boolean last) {
    Optional<String> step = LogLine.step(line);
    if (step.isEmpty() && last) {
      checkTorn(line);
      return false;
    }
    count++;
    reader.step(parse(step, file, count), end);
    end += line.length + 1L;
    return true;
  }

  private static LineageStep parse(Optional<String> step, Path file, long number) {
    String place = LineageLog.name(file) + ", line " + number;
    return StepJson.read(
        step.orElseThrow(() -> new QilinException(
            ErrorCode.DATA_FORMAT,
            place + ": the line does not fit its checksum; restore the log from a copy, or delete"
                + " the line if what it said can be missed")),
        place);
  }

  private QilinException tooLong(long number) {
    return new QilinException(
        ErrorCode.LIMIT_EXCEEDED,
        LineageLog.name(file) + ", line " + number + ": the line has more than "
            + LineageLog.MAX_LINE + " bytes; this is no log of a lineage");
  }

  /** The step of the line that begins at a place. */
  static LineageStep at(RandomAccessFile log, Path file, long place, long number)
      throws IOException {
    byte[] piece = new byte[1 << 12];
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    log.seek(place);
    while (true) {
      int read = log.read(piece);
      for (int i = 0; i < read; i++) {
        if (piece[i] == '\n') {
          line.write(piece, 0, i);
          return parse(LogLine.step(line.toByteArray()), file, number);
        }
      }
      if (read < 0 || line.size() > LineageLog.MAX_LINE) {
        return parse(Optional.empty(), file, number);
      }
      line.write(piece, 0, read);
    }
  }
}
