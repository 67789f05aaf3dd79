package io.qilin.agents.desk;

import io.qilin.agents.internal.JsonTree;
import io.qilin.api.analysis.DecisionRecord;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Objects;

/**
 * {@link DecisionRecord} as JSON: one line of UTF-8, members in a fixed order, the same record
 * always the same bytes.
 *
 * <p>Numbers are the shortest decimals that read back to the same bits. What JSON has no number for
 * is a text: {@code "NaN"}, {@code "Infinity"}, {@code "-Infinity"}, and a {@code NaN} of unusual
 * bits as {@code "NaN:7ff8000000000001"}.
 *
 * <p>Records of schema 1, which know neither the moment of decision nor deliberations, are read and
 * written as they were.
 *
 * <p>Reading is strict: every member must be there, none may be unknown or come twice, nothing may
 * follow, the text must be well-formed UTF-8. Limits: 64 MiB, 16 levels, 100 000 characters a text.
 * Stateless and safe to share.
 */
public final class DecisionRecordJson {
  /** The longest document that is read, in bytes: 64 MiB. */
  public static final int MAX_BYTES = JsonTree.MAX_BYTES;

  private DecisionRecordJson() {}

  /**
   * The record as bytes, with a line feed at the end.
   *
   * @throws QilinException INVALID_ARGUMENT if a text cannot be written as UTF-8 (an unpaired
   *     surrogate)
   */
  public static byte[] write(DecisionRecord record) {
    return RecordWriter.write(Objects.requireNonNull(record, "record"));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws QilinException DATA_FORMAT if it is not the JSON form of a record, with the place;
   *     RECORD_MISMATCH if it is of a later schema or holds a value that no record holds;
   *     LIMIT_EXCEEDED if it is too long
   */
  public static DecisionRecord read(byte[] json) {
    if (json.length > MAX_BYTES) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "a decision record has at most " + MAX_BYTES + " bytes, this one has " + json.length);
    }
    return RecordReader.read(JsonTree.parse(json, RecordReader.WHAT));
  }
}
