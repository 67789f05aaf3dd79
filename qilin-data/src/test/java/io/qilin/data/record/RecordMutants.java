package io.qilin.data.record;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.Provenance;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.RecordQuery;
import io.qilin.testkit.Mutation;
import io.qilin.testkit.SampleRecords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Valid JSON lines of all kinds of records with faults put into them. For longer runs by hand, with the test classes and
 * their class path:
 *
 * <pre>java -Xmx256m io.qilin.data.record.RecordMutants SEED COUNT</pre>
 */
class RecordMutants {
  private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
  private static final Provenance SOURCE = new Provenance("vendor", "mutants", true);
  private static final Set<ErrorCode> TYPED =
      Set.of(ErrorCode.DATA_FORMAT, ErrorCode.LIMIT_EXCEEDED);

  private final Path folder;
  private final List<Seed> seeds = new ArrayList<>();
  private int read;

  RecordMutants(Path folder) throws IOException {
    this.folder = folder;
    List<MarketRecord> all = SampleRecords.all(SOURCE);
    for (DataCapability kind : DataCapability.values()) {
      if (kind.recordType().isPresent()) {
        Class<? extends MarketRecord> type = kind.recordType().get();
        List<MarketRecord> rows = all.stream().filter(type::isInstance).toList();
        RecordFileWriter.write(folder, RecordFormat.JSON_LINES, rows);
        Path file = folder.resolve(RecordFolder.stem(kind) + RecordFormat.JSON_LINES.ending());
        seeds.add(new Seed(kind, type, file));
      }
    }
  }

  /** A file of one kind of records. */
  private record Seed(DataCapability kind, Class<? extends MarketRecord> type, Path file) {}

  /** How many were read to their end. */
  int read() {
    return read;
  }

  /** Makes the mutant of a number and reads it: records are given, or a typed error that names the file is thrown. */
  void run(long number) throws IOException {
    SplittableRandom random = new SplittableRandom(number);
    Seed seed = seeds.get(random.nextInt(seeds.size()));
    byte[] whole = Files.readAllBytes(seed.file);
    write(seed.file, Mutation.of(whole, random));
    try {
      read(seed.file, seed.type);
      read++;
    } catch (QilinException e) {
      boolean named = e.getMessage().contains(RecordFolder.stem(seed.kind));
      if (!TYPED.contains(e.code()) || !named || e.getMessage().contains("\n")) {
        throw new AssertionError("mutant " + number, e);
      }
    } catch (RuntimeException | Error e) {
      throw new AssertionError("mutant " + number, e);
    } finally {
      write(seed.file, whole);
    }
  }

  /** Reads the records of the file. */
  void read(Path file, Class<? extends MarketRecord> type) throws IOException {
    try (RecordFiles files = RecordFiles.builder(folder).open()) {
      files.records(RecordQuery.of(type, LATER));
    }
  }

  /** Writes over the file that is there: one made anew each time would wait for the disk. */
  private static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), 0);
      channel.truncate(bytes.length);
    }
  }

  /** Runs so many mutants from a number on. */
  public static void main(String[] arguments) throws IOException {
    long first = Long.parseLong(arguments[0]);
    long count = Long.parseLong(arguments[1]);
    RecordMutants mutants = new RecordMutants(Files.createTempDirectory("mutants"));
    for (long i = 0; i < count; i++) {
      mutants.run(first + i);
    }
    System.out.println(count + " mutants, " + mutants.read() + " read to their end");
  }
}
