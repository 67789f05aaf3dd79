package io.qilin.security.audit;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Reads records and makes proofs. It finds the file by the number of a record and reads from its beginning; memory is bounded
 * by the answer. It trusts checksums and commitments: what else may be wrong {@link AuditVerifier} tells. Safe to share
 * between threads.
 */
public final class AuditReader {
  /** How many records one query looks at before it answers with what it has. */
  private static final int MOST_SCANNED = 1_000_000;

  /** About how many characters of records one answer holds. */
  private static final long MOST_CHARACTERS = 16L << 20;

  private final Path folder;
  private final long startsAt;
  private final LongSupplier last;

  AuditReader(Path folder, long startsAt, LongSupplier last) {
    this.folder = folder;
    this.startsAt = startsAt;
    this.last = last;
  }

  /** Reads the files of a log that nobody writes. */
  public static AuditReader of(Path folder) {
    return new AuditReader(folder, 1, () -> Long.MAX_VALUE);
  }

  /**
   * Reads records.
   *
   * @return at most as many as the query says; fewer, with a place to go on, after a million records that do not match or
   *     16 Mi characters
   * @throws QilinException AUDIT_TAMPERED if a record on the way is damaged, IO if a file cannot be read
   */
  public AuditPage query(AuditQuery query) {
    List<AuditRecord> found = new ArrayList<>();
    long[] seen = {0, 0, query.first()};
    boolean ended = scan(query.first(), record -> {
      seen[0]++;
      seen[2] = record.sequence() + 1;
      if (query.matches(record)) {
        found.add(record);
        seen[1] += characters(record.entry());
      }
      return found.size() < query.limit() && seen[0] < MOST_SCANNED && seen[1] < MOST_CHARACTERS;
    });
    return new AuditPage(found, ended ? OptionalLong.empty() : OptionalLong.of(seen[2]));
  }

  private static long characters(AuditEntry entry) {
    long sum = entry.identity().text().length();
    sum += entry.resource().text().length();
    for (AuditField value : entry.attributes().values()) {
      sum += value.text().length();
    }
    return sum;
  }

  /**
   * One record.
   *
   * @throws QilinException DATA_NOT_FOUND if the log has no such record
   */
  public AuditRecord record(long sequence) {
    List<AuditRecord> found =
        query(AuditQuery.all().withFirst(Math.max(1, sequence)).withLimit(1)).records();
    if (found.isEmpty() || found.get(0).sequence() != sequence) {
      throw new QilinException(ErrorCode.DATA_NOT_FOUND, "the audit log has no record " + sequence);
    }
    return found.get(0);
  }

  /**
   * Proves that a record is in the log as it was at a checkpoint. Reads the log from its beginning.
   *
   * @param size the checkpoint's size
   * @throws QilinException DATA_NOT_FOUND if the log has no such record or not so many, or begins later than record 1
   */
  public InclusionProof proveInclusion(long sequence, long size) {
    if (sequence < 1 || sequence > size) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND, "record " + sequence + " is not among the first " + size);
    }
    return new InclusionProof(
        sequence - 1, size, hashes(SubtreeHashes.inclusion(sequence - 1, size), size));
  }

  /**
   * Proves that the log only grew between two checkpoints. Reads the log from its beginning.
   *
   * @throws QilinException INVALID_ARGUMENT if the first is larger; DATA_NOT_FOUND if the log has not so many records, or begins
   *     later than record 1
   */
  public ConsistencyProof proveConsistency(long oldSize, long newSize) {
    if (oldSize < 0 || oldSize > newSize) {
      throw QilinException.invalid(
          "a log cannot have grown from " + oldSize + " to " + newSize + " records");
    }
    return new ConsistencyProof(
        oldSize, newSize, hashes(SubtreeHashes.consistency(oldSize, newSize), newSize));
  }

  private List<AuditHash> hashes(SubtreeHashes wanted, long size) {
    long[] next = {1};
    scan(1, record -> {
      if (record.sequence() != next[0] || record.sequence() > size) {
        return false;
      }
      wanted.add(record.hash());
      next[0]++;
      return next[0] <= size;
    });
    if (next[0] <= size) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          "the folder does not hold the records 1 to " + size + " of the log");
    }
    return wanted.hashes();
  }

  /** Shows records until it is told to stop; whether it came to the end. */
  private boolean scan(long first, Predicate<AuditRecord> more) {
    try {
      long end = last.getAsLong();
      SortedMap<Long, Path> files = SegmentFiles.list(folder);
      SortedMap<Long, Path> before = files.headMap(first + 1);
      if (!before.isEmpty()) {
        files = files.tailMap(before.lastKey());
      }
      for (Map.Entry<Long, Path> file : files.entrySet()) {
        if (file.getKey() > end) {
          return true;
        }
        if (!scan(file.getValue(), Math.max(first, startsAt), end, more)) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw new QilinException(
          ErrorCode.IO,
          "the audit log in " + folder + " cannot be read (" + e.getClass().getSimpleName() + ")",
          e);
    }
  }

  private static boolean scan(Path file, long first, long end, Predicate<AuditRecord> more)
      throws IOException {
    RecordCodec codec = new RecordCodec();
    long at = 0;
    try (SegmentReader reader = new SegmentReader(file, Long.MAX_VALUE)) {
      RawFrame frame = reader.next();
      if (frame == null) {
        return true;
      }
      SegmentHeader header = SegmentHeader.read(frame);
      reader.marker(header.marker());
      at = header.first() - 1;
      while (at < end) {
        frame = reader.next();
        if (frame == null) {
          return true;
        }
        if (frame.type() == Frames.RECORD) {
          AuditRecord record = codec.read(frame).record();
          at = record.sequence();
          if (at >= first && !more.test(record)) {
            return false;
          }
        }
      }
      return true;
    } catch (DamagedFrame e) {
      throw new QilinException(
          ErrorCode.AUDIT_TAMPERED,
          "the audit log is damaged after record " + at + " in file " + file.getFileName() + ": "
              + e.reason(),
          e);
    }
  }
}
