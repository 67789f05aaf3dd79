package io.qilin.data.csv;

import io.qilin.api.error.QilinException;
import io.qilin.data.table.TableFormat;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TableWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Tables of any columns as CSV, plain or gzip: comma, a header, quotation marks doubled. Daily bars whose units and
 * adjustment are to be found out are read by {@link CsvBarReader} instead.
 *
 * <p><b>Types.</b> CSV does not say what its cells are. With {@link #withSchema} they are what the schema says. Otherwise
 * the first 10,000 rows tell, and from then on every cell must fit: one that does not is a DATA_FORMAT error with file,
 * line and column, never a silent text or a missing number. A column is, by its known cells there,
 *
 * <ul>
 *   <li>TEXT if its name is one of an instrument's ({@code instrument}, {@code symbol}, {@code code}, {@code ts_code});
 *   <li>BOOLEAN of {@code true} and {@code false} in any letter case;
 *   <li>DATE of {@code yyyy-MM-dd} or {@code yyyy/MM/dd}, and of {@code yyyyMMdd} if its name is one of a day's;
 *   <li>TIMESTAMP of {@code 2024-01-31T01:30:00Z} and the like, with a space for the T, a fraction of up to nine
 *       digits, and {@code Z} or an offset; without one it is a reading of a clock in Shanghai;
 *   <li>TIME of {@code 09:30:00} with a fraction of up to nine digits;
 *   <li>INT64 of whole numbers, if one of them is beyond 2^53, which a {@code double} need not hold; otherwise FLOAT64 of
 *       numbers, whole ones too, since the next one may have a fraction. A number that begins with a zero before another
 *       digit is a code, not a number;
 *   <li>otherwise TEXT. A column without a known cell is FLOAT64.
 * </ul>
 *
 * <p><b>Missing.</b> A cell without any character is not known. In columns of numbers so are {@code NaN}, {@code null},
 * {@code NA} and {@code None}. A text of two quotation marks is known and empty, but for a table of one column, where it is
 * not known.
 *
 * <p><b>Written</b>: numbers as the shortest text that reads back to the same bits, {@code NaN} as an empty cell, infinities
 * as {@code inf} and {@code -inf}, moments in UTC. A text that a spreadsheet could take for a formula gets an apostrophe in
 * front, which reading takes away. Read again with the schema that was written, a table has the same bits.
 *
 * <p>Files are streamed; a batch has at most 65,536 rows and a quarter of batchBytes of cells. A line may have as many
 * characters as a text may have bytes, and 65,536 more. Immutable and safe to share.
 */
public final class CsvFormat implements TableFormat {
  private final Optional<TableSchema> schema;
  private final Charset charset;

  /** Files in UTF-8 whose types are found out. */
  public CsvFormat() {
    this(Optional.empty(), StandardCharsets.UTF_8);
  }

  private CsvFormat(Optional<TableSchema> schema, Charset charset) {
    this.schema = schema;
    this.charset = charset;
  }

  /** The same for files that have exactly these columns, in any order. */
  public CsvFormat withSchema(TableSchema columns) {
    return new CsvFormat(Optional.of(columns), charset);
  }

  /**
   * The same for reading files in another encoding: UTF-8, or GB18030, of which GBK and GB2312 are parts.
   *
   * @throws QilinException INVALID_CONFIGURATION for another character set
   */
  public CsvFormat withCharset(Charset encoding) {
    return new CsvFormat(schema, CsvCharset.check(encoding));
  }

  @Override
  public String id() {
    return "csv";
  }

  @Override
  public Set<String> suffixes() {
    return Set.of(".csv", ".csv.gz");
  }

  @Override
  public TableReader open(Path file, TableScan scan) {
    return CsvTableReader.open(file, scan, schema, charset);
  }

  /**
   * Begins a file.
   *
   * @throws QilinException IO; INVALID_ARGUMENT if a name of a column has a NUL
   */
  @Override
  public TableWriter create(Path file, TableSchema columns) {
    return new CsvBatchWriter(file, columns);
  }
}
