package io.qilin.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.snappy.SnappyCompressor;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.table.ShanghaiClock;
import io.qilin.data.table.TableScan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CraftedFileTest {
  @TempDir
  Path folder;

  private Path file() {
    return folder.resolve("crafted.parquet");
  }

  private static ByteOutput page(Encoding encoding, int count, ByteOutput values)
      throws IOException {
    ByteOutput out = new ByteOutput();
    PageHeader head = new PageHeader(PageType.DATA_PAGE, values.size(), values.size());
    head.setData_page_header(new DataPageHeader(count, encoding, Encoding.RLE, Encoding.RLE));
    Util.writePageHeader(head, out);
    out.write(values.array(), 0, values.size());
    return out;
  }

  private List<Object> read(SchemaElement leaf, ByteOutput pages, int rows) throws IOException {
    Path file = CraftedFile.write(file(), leaf, pages, CompressionCodec.UNCOMPRESSED, rows);
    return Tables.read(file, TableScan.ALL).stream().map(row -> row.get(0)).toList();
  }

  @Test
  void whenThePageIsOfVersion2_thenLevelsAreNotCompressed() throws IOException {
    ByteOutput values = new ByteOutput();
    values.int64(7);
    values.int64(-7);
    byte[] packed = new byte[100];
    int length = new SnappyCompressor().compress(values.array(), 0, 16, packed, 0, 100);
    ByteOutput levels = new ByteOutput();
    RunLengthOutput.write(new int[] {1, 0, 1}, 3, 1, levels);
    for (boolean compressed : new boolean[] {true, false}) {
      int size = levels.size() + (compressed ? length : 16);
      ByteOutput pages = new ByteOutput();
      PageHeader head = new PageHeader(PageType.DATA_PAGE_V2, levels.size() + 16, size);
      DataPageHeaderV2 data = new DataPageHeaderV2(3, 1, 3, Encoding.PLAIN, levels.size(), 0);
      data.setIs_compressed(compressed);
      head.setData_page_header_v2(data);
      Util.writePageHeader(head, pages);
      pages.write(levels.array(), 0, levels.size());
      pages.write(compressed ? packed : values.array(), 0, compressed ? length : 16);
      SchemaElement leaf = CraftedFile.column(Type.INT64, FieldRepetitionType.OPTIONAL);
      Path file = CraftedFile.write(file(), leaf, pages, CompressionCodec.SNAPPY, 3);
      assertThat(Tables.read(file, TableScan.ALL))
          .isEqualTo(List.of(List.of(7L), List.of("?"), List.of(-7L)));
    }
  }

  @Test
  void whenMomentsHave96Bits_thenTheyAreNanosecondsOfAJulianDay() throws IOException {
    ByteOutput values = new ByteOutput();
    values.int64(5_400_000_000_001L);
    values.int32(2_460_312);
    SchemaElement leaf = CraftedFile.column(Type.INT96, FieldRepetitionType.REQUIRED);
    Instant moment = Instant.parse("2024-01-02T01:30:00.000000001Z");
    assertThat(read(leaf, page(Encoding.PLAIN, 1, values), 1))
        .containsExactly(moment.getEpochSecond() * 1_000_000_000L + moment.getNano());
  }

  @Test
  void whenTextsSharePrefixes_thenTheyArePutTogether() throws IOException {
    // Prefix lengths 0, 2, 3 and rest lengths 3, 1, 0, each as one block of packed differences.
    ByteOutput values = new ByteOutput();
    packed(values, 0, 2, 1);
    packed(values, 3, -2, -1);
    values.write("abcx".getBytes(StandardCharsets.US_ASCII), 0, 4);
    SchemaElement leaf = CraftedFile.column(Type.BYTE_ARRAY, FieldRepetitionType.REQUIRED);
    leaf.setConverted_type(ConvertedType.UTF8);
    assertThat(read(leaf, page(Encoding.DELTA_BYTE_ARRAY, 3, values), 3))
        .containsExactly("abc", "abx", "abx");
  }

  /** Three numbers: the first and two differences. */
  private static void packed(ByteOutput out, int first, int one, int two) {
    out.varint(128);
    out.varint(4);
    out.varint(3);
    out.varint((first << 1) ^ (first >> 31));
    int least = Math.min(one, two);
    out.varint((least << 1) ^ (least >> 31));
    out.write(8);
    out.write(new byte[3], 0, 3);
    out.write(one - least);
    out.write(two - least);
    out.write(new byte[30], 0, 30);
  }

  @Test
  void whenAnUnsignedNumberIsTooLarge_thenItIsRefusedRatherThanNegative() throws IOException {
    ByteOutput values = new ByteOutput();
    values.int64(-1);
    SchemaElement leaf = CraftedFile.plain();
    leaf.setConverted_type(ConvertedType.UINT_64);
    assertThatThrownBy(() -> read(leaf, page(Encoding.PLAIN, 1, values), 1))
        .hasMessageContaining("larger than 64 bits with a sign")
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
  }

  @Test
  void whenATextIsNoUtf8_thenItIsRefused() throws IOException {
    ByteOutput values = new ByteOutput();
    values.int32(2);
    values.write(0xc3);
    values.write(0x28);
    SchemaElement leaf = CraftedFile.column(Type.BYTE_ARRAY, FieldRepetitionType.REQUIRED);
    leaf.setConverted_type(ConvertedType.UTF8);
    assertThatThrownBy(() -> read(leaf, page(Encoding.PLAIN, 1, values), 1))
        .hasMessageContaining("crafted.parquet, row group 1, column 'n': a text is not UTF-8");
  }

  @Test
  void whenAClockInShanghaiWasChanged_thenItsReadingIsTakenByTheRulesOfThatDay() {
    long summer = 6_000 * ShanghaiClock.DAY;
    assertThat(ShanghaiClock.instant(summer)).isEqualTo(summer - 9 * 3_600_000_000_000L);
    long now = 19_724 * ShanghaiClock.DAY;
    assertThat(ShanghaiClock.instant(now)).isEqualTo(now - 8 * 3_600_000_000_000L);
  }
}
