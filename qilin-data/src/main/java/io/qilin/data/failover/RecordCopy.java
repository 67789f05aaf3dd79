package io.qilin.data.failover;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.Provenance;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.Records;
import io.qilin.data.record.RecordLine;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Kept records as bytes: where they come from, the findings, the kind, and each record as a line of JSON ({@link
 * RecordLine}). At most a million records and 64 MiB of lines are written or read.
 */
final class RecordCopy {
  private static final int MOST_ROWS = 1_000_000;
  private static final long MOST_CHARS = 64L << 20;

  private RecordCopy() {}

  static void write(DataOutputStream out, Records<?> records) throws IOException {
    CopyFormat.provenance(out, records.provenance());
    CopyFormat.findings(out, records.findings());
    List<? extends MarketRecord> rows = records.rows();
    CopyFormat.text(
        out, rows.isEmpty() ? "" : DataCapability.of(rows.get(0).getClass()).name());
    out.writeInt(rows.size());
    long chars = 0;
    for (MarketRecord row : rows) {
      String line = rows.size() > MOST_ROWS ? "" : RecordLine.print(row);
      chars += line.length();
      if (rows.size() > MOST_ROWS || chars > MOST_CHARS) {
        throw new QilinException(
            ErrorCode.LIMIT_EXCEEDED,
            rows.size() + " records are more than a copy in a file may hold, " + MOST_ROWS
                + " records and " + MOST_CHARS + " characters; ask for fewer at once");
      }
      CopyFormat.text(out, line);
    }
  }

  static Records<MarketRecord> read(CopyInput in) {
    Provenance provenance = CopyFormat.provenance(in);
    List<QualityFinding> findings = CopyFormat.findings(in);
    String kind = in.text();
    int rows = in.count(Integer.BYTES);
    if (rows > MOST_ROWS) {
      throw CopyFormat.bad("it holds " + rows + " records, more than " + MOST_ROWS);
    }
    if (kind.isEmpty() != (rows == 0)) {
      throw CopyFormat.bad(
          "it holds " + rows + " records of the kind " + QilinException.quote(kind));
    }
    List<MarketRecord> read = new ArrayList<>();
    long chars = 0;
    for (int row = 1; row <= rows; row++) {
      String line = in.text();
      chars += line.length();
      if (chars > MOST_CHARS) {
        throw CopyFormat.bad("its records take more than " + MOST_CHARS + " characters");
      }
      read.add(RecordLine.parse(type(kind), line, "the copy", row));
    }
    return new Records<>(read, provenance, findings);
  }

  private static Class<? extends MarketRecord> type(String kind) {
    for (DataCapability known : DataCapability.values()) {
      if (known.name().equals(kind) && known.recordType().isPresent()) {
        return known.recordType().get();
      }
    }
    throw CopyFormat.bad("it names an unknown kind of record, " + QilinException.quote(kind));
  }
}
