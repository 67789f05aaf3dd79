package io.qilin.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.table.TableLimits;
import io.qilin.data.table.TableScan;
import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ParquetHostileTest {
  private static final int MUTANTS = 10_000;

  @TempDir
  Path folder;

  private static void assertRefused(Path file, TableScan scan, ErrorCode code, String message) {
    assertThatThrownBy(() -> ParquetMutants.consume(file, scan))
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @TestFactory
  List<DynamicTest> whenTheFileIsOfTheCorpus_thenItIsReadOrRefused() {
    Path corpus = SharedFiles.corpus("arrow-fuzz");
    return SharedFiles.lines(corpus.resolve("manifest.jsonl")).stream()
        .filter(line -> !line.isBlank())
        .map(line -> JsonMapper.shared().readTree(line))
        .filter(node -> node.get("kind").asString().equals("parquet"))
        .map(node -> DynamicTest.dynamicTest(node.get("id").asString(), () -> judge(corpus, node)))
        .toList();
  }

  private static void judge(Path corpus, JsonNode node) {
    Path file = corpus.resolve("files").resolve(node.get("id").asString());
    TableLimits limits =
        new TableLimits(1L << 32, 16 << 20, 4096, 16_000_000, 64 << 20, 100, 1 << 20);
    try {
      ParquetMutants.consume(file, TableScan.ALL.withLimits(limits));
    } catch (QilinException e) {
      assertThat(ParquetMutants.TYPED).contains(e.code());
    }
  }

  @Test
  void whenAValidFileIsDamaged_thenItIsReadWholeOrRefusedWithATypedError()
      throws IOException, SQLException {
    ParquetMutants mutants = new ParquetMutants(folder);
    for (int i = 0; i < MUTANTS; i++) {
      mutants.run(i);
    }
    assertThat(mutants.read())
        .as("some faults hit nothing, most do")
        .isBetween(MUTANTS / 40, MUTANTS / 2);
  }

  @Test
  void whenTheFileIsCutAnywhere_thenItIsRefused() throws IOException {
    Path file = folder.resolve("t.parquet");
    Tables.write(file, Tables.ALL_TYPES, List.of(Tables.random(new SplittableRandom(2), 30)));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertRefused(file, TableScan.ALL, ErrorCode.DATA_FORMAT, "t.parquet");
    }
  }

  @Test
  void whenAnyBitOfAPageFlips_thenTheChecksumTells() throws IOException {
    Path file = folder.resolve("t.parquet");
    Tables.write(file, Tables.ALL_TYPES, List.of(Tables.random(new SplittableRandom(2), 100)));
    byte[] whole = Files.readAllBytes(file);
    int footer = (int) Bytes.word(whole, whole.length - 8) & 0x7fffffff;
    List<List<Object>> rows = Tables.read(file, TableScan.ALL);
    for (int at = 4; at < whole.length - 8 - footer; at += 97) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 16;
      Files.write(file, damaged);
      try {
        assertThat(Tables.read(file, TableScan.ALL)).isEqualTo(rows);
      } catch (QilinException e) {
        assertThat(ParquetMutants.TYPED).contains(e.code());
      }
    }
  }

  @Test
  void whenTheFileIsHuge_thenItIsRefusedAtOnce() throws IOException {
    Path file = folder.resolve("sparse.parquet");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(10L << 30);
    }
    assertRefused(file, TableScan.ALL, ErrorCode.LIMIT_EXCEEDED, "TableLimits.fileBytes");
    TableLimits any = new TableLimits(1L << 40, 1 << 20, 512, 1 << 16, 1 << 22, 100, 1 << 14);
    assertRefused(file, TableScan.ALL.withLimits(any), ErrorCode.DATA_FORMAT, "PAR1");
  }

  @Test
  void whenTheFooterDeclaresAHugeList_thenItIsRefusedBeforeItIsAllocated() throws IOException {
    // Field 1 (version), field 2: a list of 2^31 - 1 structures.
    byte[] footer = {0x15, 2, 0x19, (byte) 0xfc, -1, -1, -1, -1, 7, 0};
    Path file = write(footer);
    assertRefused(file, TableScan.ALL, ErrorCode.DATA_FORMAT, "2147483647 elements");
  }

  @Test
  void whenTheFooterIsLongerThanAllowed_thenItIsRefused() throws IOException {
    Path file = write(new byte[2 << 20]);
    assertRefused(
        file,
        TableScan.ALL.withLimits(ParquetMutants.LIMITS),
        ErrorCode.LIMIT_EXCEEDED,
        "TableLimits.metadataBytes");
  }

  @Test
  void whenADictionaryDeclaresMoreWordsThanItHas_thenItIsRefusedBeforeItIsAllocated()
      throws IOException {
    ByteOutput page = new ByteOutput();
    PageHeader head = new PageHeader(PageType.DICTIONARY_PAGE, 8, 8);
    head.setDictionary_page_header(new DictionaryPageHeader(Integer.MAX_VALUE, Encoding.PLAIN));
    Util.writePageHeader(head, page);
    page.int64(0);
    Path file = oneColumn(page, CompressionCodec.UNCOMPRESSED, 10);
    assertRefused(file, TableScan.ALL, ErrorCode.DATA_FORMAT, "17179869176 bytes");
  }

  @Test
  void whenAPageIsABomb_thenItIsRefusedBeforeItIsAllocated() throws IOException {
    for (CompressionCodec codec : List.of(
        CompressionCodec.SNAPPY,
        CompressionCodec.ZSTD,
        CompressionCodec.GZIP,
        CompressionCodec.LZ4_RAW)) {
      ByteOutput page = new ByteOutput();
      PageHeader head = new PageHeader(PageType.DATA_PAGE, Integer.MAX_VALUE, 8);
      head.setData_page_header(new DataPageHeader(10, Encoding.PLAIN, Encoding.RLE, Encoding.RLE));
      Util.writePageHeader(head, page);
      page.int64(0);
      Path file = oneColumn(page, codec, 10);
      assertRefused(file, TableScan.ALL, ErrorCode.LIMIT_EXCEEDED, "compressionRatio");
    }
  }

  @Test
  void whenARowGroupDeclaresTooManyRows_thenItIsRefused() throws IOException {
    Path file = oneColumn(new ByteOutput(), CompressionCodec.UNCOMPRESSED, 1_000_000_000);
    assertRefused(file, TableScan.ALL, ErrorCode.LIMIT_EXCEEDED, "TableLimits.batchRows");
    Path some = oneColumn(new ByteOutput(), CompressionCodec.UNCOMPRESSED, 15_000_000);
    TableLimits small = new TableLimits(1 << 30, 1 << 20, 9, 1 << 30, 1 << 20, 100, 1 << 10);
    assertRefused(
        some, TableScan.ALL.withLimits(small), ErrorCode.LIMIT_EXCEEDED, "TableLimits.batchBytes");
  }

  @Test
  void whenTheDataLieInAnotherFile_thenItIsNotOpened() throws IOException {
    SchemaElement leaf = CraftedFile.plain();
    RowGroup group = CraftedFile.group(leaf, new ByteOutput(), CompressionCodec.UNCOMPRESSED, 1);
    group.getColumns().get(0).setFile_path("../../etc/passwd");
    Path file = write(CraftedFile.footer(leaf, group, 1));
    assertRefused(file, TableScan.ALL, ErrorCode.UNSUPPORTED, "another file");
  }

  private Path oneColumn(ByteOutput page, CompressionCodec codec, long rows) throws IOException {
    return CraftedFile.write(
        folder.resolve("crafted.parquet"), CraftedFile.plain(), page, codec, rows);
  }

  private Path write(byte[] footer) throws IOException {
    return CraftedFile.write(folder.resolve("crafted.parquet"), new byte[0], footer);
  }
}
