package io.qilin.parquet;

import io.qilin.data.table.Column;
import io.qilin.data.table.TableLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.BitSet;
import java.util.zip.CRC32;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;

/** Reads one column of one row group, page by page. A checksum that a page carries is checked. */
final class ChunkReader {
  private final Bytes in;
  private final Leaf leaf;
  private final CompressionCodec codec;
  private final Codec unpacking;
  private final int rows;
  private final Budget budget;
  private final TableLimits limits;
  private final Place place;
  private final Cells cells;
  private final BitSet missing = new BitSet();
  private int[] scratch = {};
  private int done;
  private boolean dictionary;

  private ChunkReader(
      Bytes in,
      Leaf leaf,
      ColumnMetaData data,
      Codec unpacking,
      int rows,
      Budget budget,
      TableLimits limits) {
    this.in = in;
    this.unpacking = unpacking;
    this.leaf = leaf;
    this.codec = data.getCodec();
    this.rows = rows;
    this.budget = budget;
    this.limits = limits;
    this.place = in.place();
    Codec.require(codec, place);
    this.cells = Cells.of(leaf, rows, budget, limits.textBytes(), place);
    budget.take(4L * rows, place);
  }

  private int[] scratch() {
    scratch = scratch.length == rows ? scratch : new int[rows];
    return scratch;
  }

  /**
   * Reads a column.
   *
   * @param in all its pages
   * @param unpacking what decompresses them
   * @param rows rows of the group
   * @throws io.qilin.api.error.QilinException DATA_FORMAT, LIMIT_EXCEEDED, UNSUPPORTED
   */
  static Column read(
      Bytes in,
      Leaf leaf,
      ColumnMetaData data,
      Codec unpacking,
      int rows,
      Budget budget,
      TableLimits limits) {
    if (data.getNum_values() != rows) {
      throw in.malformed("it has " + data.getNum_values() + " cells in " + rows + " rows");
    }
    ChunkReader reader = new ChunkReader(in, leaf, data, unpacking, rows, budget, limits);
    while (reader.done < rows) {
      reader.page();
    }
    Column column = reader.cells.column(reader.missing);
    budget.give(4L * rows);
    return column;
  }

  private void page() {
    PageHeader header = header();
    int length = header.getUncompressed_page_size();
    if (length < 0) {
      throw in.malformed("a page of " + length + " bytes");
    }
    Bytes page = in.slice(header.getCompressed_page_size());
    checkSum(header, page);
    switch (header.getType()) {
      case DICTIONARY_PAGE -> dictionary(header, page, length);
      case DATA_PAGE -> data(header, page, length);
      case DATA_PAGE_V2 -> dataV2(header, page, length);
      case INDEX_PAGE -> {}
    }
  }

  private PageHeader header() {
    int from = in.at();
    int available = in.remaining();
    ThriftGuard.pass(in, limits.metadataBytes());
    if (in.at() - from > limits.metadataBytes()) {
      throw place.tooLarge("the head of a page has more than " + limits.metadataBytes() + " bytes");
    }
    try {
      return Util.readPageHeader(new ByteArrayInputStream(in.array(), from, available));
    } catch (IOException e) {
      throw place.malformed("the head of a page cannot be read", e);
    }
  }

  private static void checkSum(PageHeader header, Bytes page) {
    if (!header.isSetCrc()) {
      return;
    }
    CRC32 sum = new CRC32();
    sum.update(page.array(), page.at(), page.remaining());
    if ((int) sum.getValue() != header.getCrc()) {
      throw page.malformed("a page does not agree with its checksum");
    }
  }

  private void dictionary(PageHeader header, Bytes page, int length) {
    DictionaryPageHeader head = header.getDictionary_page_header();
    if (head == null || dictionary || done > 0 || head.getNum_values() < 0) {
      throw place.malformed("a dictionary that is not alone and first");
    }
    if (head.getEncoding() != Encoding.PLAIN && head.getEncoding() != Encoding.PLAIN_DICTIONARY) {
      throw cells.refuse(head.getEncoding());
    }
    dictionary = true;
    Bytes words = decompressed(page, length);
    cells.dictionary(words, head.getNum_values());
    release(length);
  }

  private void data(PageHeader header, Bytes page, int length) {
    DataPageHeader head = header.getData_page_header();
    if (head == null) {
      throw place.malformed("a page of data without its head");
    }
    int count = count(head.getNum_values());
    Bytes body = decompressed(page, length);
    int known = count;
    if (leaf.optional()) {
      if (head.getDefinition_level_encoding() != Encoding.RLE) {
        throw cells.refuse(head.getDefinition_level_encoding());
      }
      known = levels(body.slice(body.int32()), count);
    }
    values(head.getEncoding(), body, count, known);
    release(length);
  }

  private void dataV2(PageHeader header, Bytes page, int length) {
    DataPageHeaderV2 head = header.getData_page_header_v2();
    if (head == null) {
      throw place.malformed("a page of data without its head");
    }
    int count = count(head.getNum_values());
    int repetition = head.getRepetition_levels_byte_length();
    int definition = head.getDefinition_levels_byte_length();
    page.take(repetition);
    Bytes levels = page.slice(definition);
    int known = leaf.optional() ? levels(levels, count) : count;
    int rest = length - repetition - definition;
    if (rest < 0) {
      throw place.malformed("the levels of a page are longer than the page");
    }
    boolean packed = head.isIs_compressed() && (rest > 0 || page.remaining() > 0);
    Bytes body = packed ? decompressed(page, rest) : page;
    values(head.getEncoding(), body, count, known);
    if (packed) {
      release(rest);
    }
  }

  private Bytes decompressed(Bytes page, int length) {
    return unpacking.decompress(codec, page, length, limits.compressionRatio(), budget);
  }

  private void release(int length) {
    if (codec != CompressionCodec.UNCOMPRESSED) {
      budget.give(length + (long) Codec.PADDING);
    }
  }

  private int count(int declared) {
    if (declared < 0 || declared > rows - done) {
      throw place.malformed(
          "a page of " + declared + " cells where " + (rows - done) + " are to come");
    }
    return declared;
  }

  /** Notes the cells that are missing; tells how many are known. */
  private int levels(Bytes levels, int count) {
    RunLengths runs = new RunLengths(levels, 1);
    if (runs.repeats(1, count)) {
      return count;
    }
    int[] scratch = scratch();
    runs.read(scratch, 0, count);
    int known = 0;
    for (int i = 0; i < count; i++) {
      known += scratch[i];
    }
    for (int i = 0; known < count && i < count; i++) {
      if (scratch[i] == 0) {
        missing.set(done + i);
      }
    }
    return known;
  }

  private void values(Encoding encoding, Bytes body, int count, int known) {
    if (known > 0) {
      if (encoding == Encoding.RLE_DICTIONARY || encoding == Encoding.PLAIN_DICTIONARY) {
        codes(body, known);
      } else {
        cells.read(encoding, body, done, known);
      }
    }
    // From the last on, so that no cell is lost.
    int from = done + known;
    for (int row = done + count - 1; from < row + 1 && row >= done; row--) {
      if (!missing.get(row)) {
        cells.move(--from, row);
      }
    }
    done += count;
  }

  private void codes(Bytes body, int known) {
    if (!dictionary) {
      throw place.malformed("a page refers to a dictionary that is not there");
    }
    int[] scratch = scratch();
    new RunLengths(body, body.u8()).read(scratch, 0, known);
    int words = cells.words();
    for (int i = 0; i < known; i++) {
      if (Integer.compareUnsigned(scratch[i], words) >= 0) {
        throw place.malformed("a cell is word " + Integer.toUnsignedString(scratch[i])
            + " of a dictionary of " + words);
      }
    }
    cells.look(scratch, done, known);
  }
}
