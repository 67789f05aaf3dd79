package io.qilin.data.csv;

import static io.qilin.data.csv.CsvFiles.HEADER;
import static io.qilin.data.csv.CsvFiles.ROW;
import static io.qilin.data.csv.CsvFiles.assertRefused;
import static io.qilin.data.csv.CsvFiles.gzip;
import static io.qilin.data.csv.CsvFiles.read;
import static io.qilin.data.csv.CsvFiles.write;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.market.Field;
import io.qilin.api.source.BarQuery;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvBadInputTest {
  private static final Charset GB18030 = Charset.forName("GB18030");

  @TempDir
  Path folder;

  private void assertMalformed(String content, String... parts) {
    Path file = write(folder, "bad.csv", content);
    String[] all = Arrays.copyOf(parts, parts.length + 1);
    all[parts.length] = "bad.csv";
    assertRefused(() -> read(file), ErrorCode.DATA_FORMAT, all);
  }

  @Test
  void whenEmpty_thenRefused() {
    assertMalformed("", "empty");
    assertMalformed("\n\n", "empty");
    assertMalformed("\ufeff", "empty");
    assertMalformed(HEADER, "no rows");
    assertMalformed(HEADER.strip(), "no rows");
  }

  @Test
  void whenAColumnIsMissing_thenWhatIsThereAndWhatIsNearIsNamed() {
    assertMalformed(
        HEADER.replace("close", "clsoe") + ROW,
        "line 1",
        "close",
        "'volume'",
        "did you mean 'clsoe'");
    assertMalformed(HEADER.replace("code", "who") + ROW, "line 1", "instrument", "'who'");
    assertMalformed(HEADER.replace("date", "datum") + ROW, "line 1", "day", "'datum'");
    assertMalformed((HEADER + ROW).replace(',', ';'), "line 1", "separated by commas");
    Path file = write(folder, "r.csv", HEADER + ROW);
    assertRefused(
        () -> CsvBarReader.builder(file).require(Field.VWAP).build().read(BarQuery.ALL),
        ErrorCode.DATA_FORMAT,
        "vwap");
    assertRefused(
        () -> CsvBarReader.builder(file).dateColumn("dte").build().read(BarQuery.ALL),
        ErrorCode.DATA_FORMAT,
        "'dte'",
        "did you mean 'date'");
  }

  @Test
  void whenColumnsAreDoubleOrUnclear_thenRefused() {
    assertMalformed("code," + HEADER + ROW, "line 1", "column 'code'", "twice");
    assertMalformed("Close," + HEADER + "1," + ROW, "line 1", "twice");
    assertMalformed(
        HEADER.replace("code", "symbol,code") + "1," + ROW, "'symbol' and 'code'", "instrument");
    assertMalformed(
        HEADER.replace("amount", "preclose,prev_close") + ROW.replace("\n", ",1\n"),
        "'preclose' and 'prev_close'",
        "pre_close");
    assertMalformed(HEADER.replace("amount", "") + ROW, "column 8", "no name");
  }

  @Test
  void whenARowIsRagged_thenItsLineAndBothCountsAreNamed() {
    assertMalformed(HEADER + ROW + "600519.SH,2025-01-16,1\n", "line 3", "3 cells", "8");
    assertMalformed(HEADER + ROW.replace("\n", ",9\n"), "line 2", "9 cells", "8");
    assertMalformed(HEADER + "6".repeat(3000), "line 2");
  }

  @Test
  void whenAQuotationIsBroken_thenItsLineAndColumnAreNamed() {
    assertMalformed(
        HEADER + ROW + "\"600519.SH,2025-01-15,1\n" + ROW.repeat(40), "line 3", "'code'");
    assertMalformed(HEADER + "600519.SH,\"2025-01-15\n" + ROW.repeat(9000), "line 2", "'date'");
    assertMalformed(HEADER + ROW.replace("1510.00", "\"1510\"x"), "line 2", "'close'", "closing");
    assertMalformed(HEADER + ROW.replace("1510.00", "15\"10"), "line 2", "'close'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"1,500.00\"",
        "1.5%",
        "￥1500",
        "$1500",
        "true",
        "2025-01-15",
        "#REF!",
        "0x5DC",
        "1500d",
        "1500f",
        "１５００",
        "1e999",
        "-1e999",
        "inf",
        "-Infinity",
        "abc",
        "1 500",
        "'1500",
        "=1+1",
        "1500元",
        "--"
      })
  void whenANumberIsNone_thenFileLineColumnAndValueAreNamed(String value) {
    String shown = value.replace("\"", "");
    assertMalformed(
        HEADER + ROW.replace("-15,", "-14,") + ROW.replace("1510.00", value),
        "bad.csv, line 3, column 'close'",
        "'" + shown + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "15-01-2025",
        "2025-02-30",
        "12025-01-15",
        "-2025-01-15",
        "2025-01-15T09:30:00+08:00",
        "2025-01-15 15:00:00",
        "",
        "tomorrow",
        "45672"
      })
  void whenADayIsNone_thenFileLineColumnAndValueAreNamed(String value) {
    assertMalformed(
        HEADER + ROW.replace("2025-01-15", value), "line 2, column 'date'", "'" + value + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"600519", "600519.SZ", "60051.SH", "６００５１９.SH", "", "MSFT", "sh.600519", "贵州茅台"})
  void whenASymbolIsNone_thenFileLineColumnAndValueAreNamed(String value) {
    assertMalformed(
        HEADER + ROW.replace("600519.SH", value), "line 2, column 'code'", "'" + value + "'");
  }

  @Test
  void whenAnExtraColumnTurnsOutToBeNoNumber_thenRefused() {
    String header = HEADER.replace("\n", ",turn\n");
    assertMalformed(
        header + ROW.replace("\n", ",1\n") + ROW.replace("\n", ",high\n"), "line 3", "'turn'");
    assertMalformed(header + ROW.replace("\n", ",1.5%\n"), "line 2", "'turn'", "'1.5%'");
  }

  @Test
  void whenBytesAreNotOfTheCharset_thenTheLineAndTheOtherCharsetAreNamed() {
    String text = HEADER.replace("\n", ",name\n") + ROW.replace("\n", ",贵州茅台\n");
    Path gbk = write(folder, "gbk.csv", text, GB18030);
    assertRefused(() -> read(gbk), ErrorCode.DATA_FORMAT, "gbk.csv, line 2", "UTF-8", "GB18030");
    Path utf8 = write(folder, "utf8.csv", "\ufeff" + text);
    CsvBarReader reader = CsvBarReader.builder(utf8).charset(GB18030).build();
    assertRefused(() -> reader.read(BarQuery.ALL), ErrorCode.DATA_FORMAT, "utf8.csv", "UTF-8");
    assertRefused(
        () -> CsvBarReader.builder(utf8).charset(StandardCharsets.ISO_8859_1),
        ErrorCode.INVALID_CONFIGURATION,
        "ISO-8859-1");
    assertRefused(
        () -> read(write(folder, "cut.csv", new byte[] {'c', 'o', 'd', (byte) 0xe8, (byte) 0x8c})),
        ErrorCode.DATA_FORMAT,
        "cut.csv, line 1");
  }

  @ParameterizedTest
  @CsvSource({"UTF-16, UTF-16", "UTF-16LE, NUL", "UTF-32, NUL"})
  void whenUtf16_thenRefusedByName(String charset, String expected) {
    Path file = write(folder, "wide.csv", HEADER + ROW, Charset.forName(charset));
    assertRefused(() -> read(file), ErrorCode.DATA_FORMAT, "wide.csv", expected);
  }

  @Test
  void whenTheFileIsOfAnotherKind_thenItIsNamed() {
    assertRefused(
        () ->
            read(write(folder, "le.csv", ("\ufeff" + HEADER).getBytes(StandardCharsets.UTF_16LE))),
        ErrorCode.DATA_FORMAT,
        "UTF-16");
    assertMalformed("PK\u0003\u0004rest", "Excel");
    assertMalformed("PAR1rest", "Parquet");
    assertMalformed(HEADER + ROW.replace("1510", "15\u000010"), "line 2", "NUL");
    byte[] twice = gzip(gzip((HEADER + ROW).getBytes(StandardCharsets.UTF_8)));
    assertRefused(() -> read(write(folder, "t.gz", twice)), ErrorCode.DATA_FORMAT, "gzip");
  }

  @Test
  void whenGzipIsDamaged_thenRefused() {
    byte[] whole = gzip((HEADER + ROW.repeat(1)).getBytes(StandardCharsets.UTF_8));
    for (int length : new int[] {2, 5, 10, whole.length / 2, whole.length - 1}) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertRefused(
          () -> read(write(folder, "cut.csv.gz", cut)),
          ErrorCode.DATA_FORMAT,
          "cut.csv.gz",
          "gzip");
    }
    byte[] flipped = whole.clone();
    flipped[whole.length - 6] ^= 1;
    assertRefused(
        () -> read(write(folder, "flip.csv.gz", flipped)), ErrorCode.DATA_FORMAT, "flip.csv.gz");
  }

  @ParameterizedTest
  @ValueSource(strings = {"junk", "\u001f\u0008damaged header of a second member", "\0\0\0x"})
  void whenAnythingButZerosFollowsGzip_thenRefused(String rest) {
    byte[] whole = gzip((HEADER + ROW).getBytes(StandardCharsets.UTF_8));
    byte[] after = rest.getBytes(StandardCharsets.ISO_8859_1);
    byte[] both = Arrays.copyOf(whole, whole.length + after.length);
    System.arraycopy(after, 0, both, whole.length, after.length);
    assertRefused(
        () -> read(write(folder, "rest.csv.gz", both)), ErrorCode.DATA_FORMAT, "rest.csv.gz");
    read(write(folder, "padded.csv.gz", Arrays.copyOf(whole, whole.length + 512)));
  }

  @Test
  void whenACellIsRefused_thenTheMessageIsASentence() {
    assertMalformed(HEADER + ROW.replace("1510.00", "1e999"), "'1e999' is too large for a double");
    assertMalformed(HEADER + ROW.replace("2025-01", "0000-01"), "'0000-01-15' is in the year 0");
    assertMalformed(HEADER + ROW.replace("01-15", "02-30"), "'2025-02-30' is a day that");
    assertMalformed(
        HEADER + ROW.replace(".SH", ".SZ"), "'600519.SZ' is no instrument: code 600519");
  }

  @Test
  void whenTheNameOfAFileIsLong_thenTheMessageCutsIt() {
    Path file = folder.resolve("x".repeat(200) + ".csv");
    assertRefused(
        () -> read(file), ErrorCode.DATA_NOT_FOUND, "xxx…' (204 characters): there is no");
  }

  @Test
  void whenThereIsNoFile_thenOnlyItsNameIsTold() {
    Path missing = folder.resolve("missing.csv");
    assertRefused(() -> read(missing), ErrorCode.DATA_NOT_FOUND, "missing.csv: there is no such");
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> read(missing))
        .message()
        .doesNotContain(folder.toString());
  }

  @Test
  void whenAFileMayNotBeRead_thenRefused() throws IOException {
    Path file = write(folder, "secret.csv", HEADER + ROW);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    Assumptions.assumeFalse(Files.isReadable(file), "skipped: this user may read everything");
    assertRefused(() -> read(file), ErrorCode.IO, "secret.csv", "permissions");
  }
}
