package io.qilin.parquet;

import io.airlift.compress.Compressor;
import io.qilin.data.table.BooleanColumn;
import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TextColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/** Writes one column of one row group after the other into memory. */
final class ChunkWriter {
  /** Rows of a page. */
  static final int PAGE_ROWS = 1 << 14;

  /** The largest dictionary, in words and in bytes; beyond it texts stand for themselves. */
  private static final int WORDS = 1 << 15;

  private static final int WORD_BYTES = 1 << 20;

  private final Compressor compressor;
  private final CompressionCodec codec;
  private final ByteOutput out = new ByteOutput();
  private final ByteOutput page = new ByteOutput();
  private final ByteOutput values = new ByteOutput();
  private final int[] levels = new int[PAGE_ROWS];
  private final int[] codes = new int[PAGE_ROWS];
  private byte[] packed = {};
  private long uncompressed;
  private int count;
  private int known;

  ChunkWriter(CompressionCodec codec, Compressor compressor) {
    this.codec = codec;
    this.compressor = compressor;
  }

  /** The bytes of the column that was written last. */
  ByteOutput bytes() {
    return out;
  }

  /**
   * Writes a column.
   *
   * @param offset where in the file its bytes will stand
   * @return what the footer says about it
   */
  ColumnMetaData write(GroupRows rows, int column, TableField field, long offset)
      throws IOException {
    out.clear();
    uncompressed = 0;
    Optional<WordNumbers> words =
        field.type() == ColumnType.TEXT ? words(rows, column) : Optional.empty();
    long dataOffset = offset;
    if (words.isPresent()) {
      dictionary(words.get());
      dataOffset += out.size();
    }
    ColumnRange range = new ColumnRange(field.type());
    for (int from = 0; from < rows.rows(); from += PAGE_ROWS) {
      int to = Math.min(from + PAGE_ROWS, rows.rows());
      values.clear();
      count = 0;
      known = 0;
      rows.visit(column, from, to, (cells, first, last) -> {
        range.include(cells, first, last);
        cells(cells, first, last, words);
      });
      page(words);
    }
    List<Encoding> encodings = new ArrayList<>(List.of(Encoding.RLE, Encoding.PLAIN));
    words.ifPresent(w -> encodings.add(Encoding.RLE_DICTIONARY));
    ColumnMetaData data = new ColumnMetaData(
        StoredColumns.type(field.type()),
        encodings,
        List.of(field.name()),
        codec,
        rows.rows(),
        uncompressed,
        out.size(),
        dataOffset);
    if (words.isPresent()) {
      data.setDictionary_page_offset(offset);
    }
    data.setStatistics(range.statistics());
    return data;
  }

  /** The dictionary of a column of texts, unless it would be too large. */
  private static Optional<WordNumbers> words(GroupRows rows, int column) {
    WordNumbers words = new WordNumbers();
    rows.visit(column, 0, rows.rows(), (cells, from, to) -> {
      TextColumn texts = (TextColumn) cells;
      for (int row = from; row < to && small(words); row++) {
        if (texts.isKnown(row)) {
          words.number(texts, row);
        }
      }
    });
    return small(words) ? Optional.of(words) : Optional.empty();
  }

  private static boolean small(WordNumbers words) {
    return words.size() <= WORDS && words.bytes() <= WORD_BYTES;
  }

  private void dictionary(WordNumbers words) throws IOException {
    page.clear();
    for (int i = 0; i < words.size(); i++) {
      text(words.word(i), page);
    }
    PageHeader header = header(PageType.DICTIONARY_PAGE);
    header.setDictionary_page_header(new DictionaryPageHeader(words.size(), Encoding.PLAIN));
    append(header);
  }

  private static void text(byte[] utf8, ByteOutput to) {
    to.int32(utf8.length);
    to.write(utf8, 0, utf8.length);
  }

  private void cells(Column column, int from, int to, Optional<WordNumbers> words) {
    for (int row = from; row < to; row++) {
      boolean there = column.isKnown(row);
      levels[count++] = there ? 1 : 0;
      if (there) {
        cell(column, row, words);
        known++;
      }
    }
  }

  private void cell(Column column, int row, Optional<WordNumbers> words) {
    if (column instanceof DoubleColumn cells) {
      values.int64(Double.doubleToRawLongBits(cells.value(row)));
    } else if (column instanceof LongColumn cells) {
      values.int64(cells.value(row));
    } else if (column instanceof IntColumn cells) {
      values.int32(cells.value(row));
    } else if (column instanceof BooleanColumn cells) {
      if ((known & 7) == 0) {
        values.write(0);
      }
      if (cells.value(row)) {
        values.array()[known >> 3] |= (byte) (1 << (known & 7));
      }
    } else if (column instanceof TextColumn cells) {
      if (words.isPresent()) {
        codes[known] = words.get().number(cells, row);
      } else {
        text(cells.words().get(cells.code(row)).getBytes(StandardCharsets.UTF_8), values);
      }
    }
  }

  private void page(Optional<WordNumbers> words) throws IOException {
    page.clear();
    int length = page.extend(Integer.BYTES);
    RunLengthOutput.write(levels, count, 1, page);
    page.putInt(length, page.size() - Integer.BYTES);
    if (words.isPresent()) {
      int width = 32 - Integer.numberOfLeadingZeros(Math.max(words.get().size() - 1, 1));
      page.write(width);
      RunLengthOutput.write(codes, known, width, page);
    } else {
      page.write(values.array(), 0, values.size());
    }
    PageHeader header = header(PageType.DATA_PAGE);
    header.setData_page_header(new DataPageHeader(
        count,
        words.isPresent() ? Encoding.RLE_DICTIONARY : Encoding.PLAIN,
        Encoding.RLE,
        Encoding.RLE));
    append(header);
  }

  private PageHeader header(PageType type) {
    return new PageHeader(type, page.size(), 0);
  }

  private void append(PageHeader header) throws IOException {
    int most = compressor.maxCompressedLength(page.size());
    if (packed.length < most) {
      packed = new byte[most];
    }
    int length = compressor.compress(page.array(), 0, page.size(), packed, 0, packed.length);
    CRC32 sum = new CRC32();
    sum.update(packed, 0, length);
    header.setCompressed_page_size(length);
    header.setCrc((int) sum.getValue());
    int before = out.size();
    Util.writePageHeader(header, out);
    uncompressed += out.size() - before + page.size();
    out.write(packed, 0, length);
  }
}
