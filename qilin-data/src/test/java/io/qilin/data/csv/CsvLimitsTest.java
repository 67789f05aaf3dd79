package io.qilin.data.csv;

import static io.qilin.data.csv.CsvFiles.HEADER;
import static io.qilin.data.csv.CsvFiles.ROW;
import static io.qilin.data.csv.CsvFiles.assertRefused;
import static io.qilin.data.csv.CsvFiles.gzip;
import static io.qilin.data.csv.CsvFiles.read;
import static io.qilin.data.csv.CsvFiles.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLimitsTest {
  private static final long MEBIBYTE = 1 << 20;

  /** What a file may cost beyond its result. */
  private static final long ALLOWANCE = 64 * MEBIBYTE;

  @TempDir
  Path folder;

  /** Runs, and measures what this thread allocates meanwhile: what is read and kept before a refusal shows there. */
  private static void assertCheap(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    work.run();
    assertThat(threads.getCurrentThreadAllocatedBytes() - allocated).isLessThan(ALLOWANCE);
  }

  private static void assertRefusedCheaply(Path file, String... parts) {
    assertCheap(() -> assertRefused(() -> read(file), ErrorCode.LIMIT_EXCEEDED, parts));
  }

  private Path large(String name, String start, byte[] repeated, int mebibytes, boolean gzip)
      throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream raw = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        OutputStream out = gzip ? new GZIPOutputStream(raw, 1 << 16) : raw) {
      out.write(start.getBytes(StandardCharsets.UTF_8));
      for (long written = 0; written < mebibytes * MEBIBYTE; written += repeated.length) {
        out.write(repeated);
      }
    }
    return file;
  }

  @Test
  void whenALineHas100Megabytes_thenRefusedAtOnce() throws IOException {
    byte[] sixes = "6".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
    assertRefusedCheaply(
        large("line.csv", HEADER + ROW, sixes, 100, false), "line.csv, line 3", "65536");
    assertRefusedCheaply(large("head.csv", "", sixes, 100, false), "head.csv, line 1");
    byte[] cells = "6,".repeat(1 << 15).getBytes(StandardCharsets.UTF_8);
    assertRefusedCheaply(
        large("cells.csv", HEADER + ROW.strip() + ",", cells, 100, false), "cells.csv, line 2");
  }

  @Test
  void whenAGzipBomb_thenRefusedAtOnce() throws IOException {
    Path zeros = large("zeros.csv.gz", HEADER, new byte[1 << 16], 300, true);
    assertThat(Files.size(zeros)).isLessThan(MEBIBYTE);
    assertCheap(() -> assertRefused(() -> read(zeros), ErrorCode.DATA_FORMAT, "NUL"));
    byte[] rows = ROW.repeat(900).getBytes(StandardCharsets.UTF_8);
    Path bomb = large("rows.csv.gz", HEADER, rows, 300, true);
    assertRefusedCheaplyAsBomb(bomb);
    byte[] blank = "\n".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
    assertRefusedCheaplyAsBomb(large("blank.csv.gz", HEADER, blank, 300, true));
  }

  private static void assertRefusedCheaplyAsBomb(Path file) {
    assertRefusedCheaply(file, file.getFileName().toString(), "gzip bomb", "200");
  }

  @Test
  void whenEachLimitIsReached_thenItIsNamed() {
    Path file = write(folder, "small.csv", HEADER + ROW + ROW.replace("-15,", "-16,"));
    refused(file, CsvLimits.DEFAULT.withRows(1), "line 3", "1 rows");
    refused(file, CsvLimits.DEFAULT.withColumns(7), "line 1", "7 columns");
    refused(file, CsvLimits.DEFAULT.withFieldChars(8), "line 2", "'code'", "8 characters");
    refused(file, CsvLimits.DEFAULT.withLineChars(60), "line 2", "60 characters");
    refused(file, CsvLimits.DEFAULT.withFileBytes(100), "100 bytes");
    refused(file, CsvLimits.DEFAULT.withPanelCells(11), "2 days × 6 fields", "11 cells");
    Path other = write(folder, "other.csv", HEADER + ROW);
    refused(folder, CsvLimits.DEFAULT.withFiles(1), "1 CSV files");
    assertThat(other).exists();
  }

  private static void refused(Path path, CsvLimits limits, String... parts) {
    CsvBarReader reader = CsvBarReader.builder(path).limits(limits).build();
    assertRefused(() -> reader.read(BarQuery.ALL), ErrorCode.LIMIT_EXCEEDED, parts);
  }

  /** A small file must not become a panel of gigabytes. */
  @Test
  void whenEveryRowHasItsOwnInstrumentAndDay_thenRefused() {
    StringBuilder rows = new StringBuilder("instrument,date,x\n");
    for (int i = 0; i < 20_000; i++) {
      rows.append('E').append(i).append(',').append(LocalDate.ofEpochDay(i)).append(",1\n");
    }
    Path file = write(folder, "sparse.csv", rows.toString());
    assertCheap(() -> assertRefused(
        () -> CsvFiles.readGeneric(file),
        ErrorCode.LIMIT_EXCEEDED,
        "20000 instruments × 20000 days",
        "empty"));
  }

  @Test
  void whenOneCellHasFourThousandDigits_thenItIsStillANumber() {
    Path file =
        write(folder, "digits.csv", HEADER + ROW.replace("1510.00", "1." + "3".repeat(4000)));
    assertThat(read(file).rowsRead()).isEqualTo(1);
  }

  @Test
  void whenAGzipMemberEndsWithABuffer_thenTheNextIsStillRead() throws IOException {
    byte[] first = padded(gzip((HEADER + ROW).getBytes(StandardCharsets.UTF_8)), 1 << 16);
    byte[] second = gzip(ROW.replace("01-15", "01-16").getBytes(StandardCharsets.UTF_8));
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(first);
    both.write(second);
    Bars bars = CsvFiles.read(CsvFiles.write(folder, "two.csv.gz", both.toByteArray()));
    assertThat(bars.panel().days()).hasSize(2);
  }

  /** The member with an extra field in its header that makes it so long. */
  private static byte[] padded(byte[] member, int length) {
    int extra = length - member.length - 2;
    byte[] out = new byte[length];
    System.arraycopy(member, 0, out, 0, 10);
    out[3] = 4;
    out[10] = (byte) extra;
    out[11] = (byte) (extra >> 8);
    System.arraycopy(member, 10, out, 12 + extra, member.length - 10);
    return out;
  }
}
