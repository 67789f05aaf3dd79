package io.qilin.data.qlib;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.source.BarQuery;
import io.qilin.testkit.Mutation;
import io.qilin.testkit.Panels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A valid store with faults put into one of its files, the note of an interrupted append among them. For longer runs by
 * hand, with the test classes and their class path:
 *
 * <pre>java -Xmx256m io.qilin.data.qlib.QlibMutants SEED COUNT</pre>
 */
class QlibMutants {
  private static final Set<ErrorCode> TYPED =
      Set.of(ErrorCode.DATA_FORMAT, ErrorCode.DATA_NOT_FOUND, ErrorCode.LIMIT_EXCEEDED);

  private final Path folder;
  private final Path store;
  private final List<Path> files;
  private int read;

  QlibMutants(Path folder) throws IOException {
    this.folder = folder;
    this.store = QlibFiles.tiny(folder);
    new AppendJournal(
            8,
            StoreText.lines(store, "instruments/all.txt"),
            Map.of(Panels.SYMBOL, new TreeMap<>(Map.of(Field.CLOSE, 0L))))
        .write(store);
    try (Stream<Path> walk = Files.walk(store)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** How many were read to their end. */
  int read() {
    return read;
  }

  /** Makes the mutant of a number and reads it: bars are given, or a typed error is thrown. */
  void run(long number) throws IOException {
    SplittableRandom random = new SplittableRandom(number);
    Path file = files.get(random.nextInt(files.size()));
    byte[] whole = Files.readAllBytes(file);
    write(file, Mutation.of(whole, random));
    try {
      read(file);
      read++;
    } catch (QilinException e) {
      if (!TYPED.contains(e.code()) || e.getMessage().contains(folder.toString())) {
        throw new AssertionError("mutant " + number, e);
      }
    } catch (RuntimeException | Error e) {
      throw new AssertionError("mutant " + number, e);
    } finally {
      write(file, whole);
    }
  }

  /** Reads the store, of which this file is damaged. */
  void read(Path file) throws IOException {
    QlibStore.open(store).read(BarQuery.ALL);
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
    QlibMutants mutants = new QlibMutants(Files.createTempDirectory("mutants"));
    for (long i = 0; i < count; i++) {
      mutants.run(first + i);
    }
    System.out.println(count + " mutants, " + mutants.read() + " read to their end");
  }
}
