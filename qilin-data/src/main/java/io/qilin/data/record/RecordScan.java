package io.qilin.data.record;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.record.Provenance;
import io.qilin.data.internal.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One file of records that can be read again and again; it holds nothing of it. Each time it must still be the file that it
 * was at first, by its size and its last change. Safe for use by several threads.
 */
final class RecordScan {
  private final Path file;
  private final RecordRows rows;
  private final Optional<Instant> now;
  private final long size;
  private final FileTime changed;

  private RecordScan(Path file, RecordRows rows, Optional<Instant> now, BasicFileAttributes found) {
    this.file = file;
    this.rows = rows;
    this.now = now;
    this.size = found.size();
    this.changed = found.lastModifiedTime();
  }

  /**
   * A file as it is now.
   *
   * @param clock tells the present, after which no record can be public; not looked at if empty
   * @throws QilinException DATA_NOT_FOUND; LIMIT_EXCEEDED, before a byte is read, if it is too large; IO
   */
  static RecordScan of(Path file, RecordRows rows, RecordLimits limits, Optional<Clock> clock) {
    BasicFileAttributes found = attributes(file);
    if (found.size() > limits.fileBytes()) {
      throw RecordPlace.of(file)
          .tooLarge("the file has " + found.size() + " bytes, larger than " + limits.fileBytes()
              + " bytes; split it by time, or raise fileBytes (and rows): a file that is too large"
              + " to be kept is read again by each query and takes no more memory for that");
    }
    return new RecordScan(file, rows, clock.map(Clock::instant), found);
  }

  /** Who says what the file says. */
  Provenance provenance() {
    return rows.provenance();
  }

  /**
   * Hands on every record, those that cannot be known yet left out.
   *
   * @return what was noticed
   * @throws QilinException DATA_FORMAT with line and field; LIMIT_EXCEEDED; DATA_CONFLICT if the file has changed; IO; what
   *     the taker throws
   */
  List<QualityFinding> run(RecordRows.Taker taker) {
    unchanged();
    FutureRows future = new FutureRows(now);
    RecordRows.Taker known = (record, place, chars) -> {
      if (!future.keepsBack(record, place)) {
        taker.take(record, place, chars);
      }
    };
    if (AtomicFile.name(file).endsWith(RecordFormat.JSON_LINES.ending())) {
      rows.ofLines(file, known);
    } else {
      rows.ofTable(file, known);
    }
    unchanged();
    return future.findings();
  }

  private void unchanged() {
    BasicFileAttributes found = attributes(file);
    if (found.size() != size || !found.lastModifiedTime().equals(changed)) {
      throw new QilinException(
          ErrorCode.DATA_CONFLICT,
          AtomicFile.name(file) + ": the file was changed while it was in use; open the folder"
              + " anew, and put new files beside it and rename them");
    }
  }

  private static BasicFileAttributes attributes(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND, RecordPlace.of(file) + ": there is no such file", e);
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, RecordPlace.of(file) + ": the file cannot be read", e);
    }
  }
}
