package io.qilin.data.arrow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads damaged tables for as long as one likes; it stops at the first that ends in anything but cells or a typed error,
 * and names its number. By hand, from the folder of the checkout, after the tests were compiled with
 * {@code mvn -q -Pfast test-compile -pl qilin-data -am}:
 *
 * <pre>{@code
 * mvn -q -Pfast dependency:build-classpath -Dmdep.outputFile=target/classpath -pl qilin-data -am
 * java -Xmx512m --add-opens=java.base/java.nio=ALL-UNNAMED \
 *   -cp qilin-data/target/fast/test-classes:qilin-data/target/fast/classes:$(cat qilin-data/target/classpath) \
 *   io.qilin.data.arrow.FuzzArrow FIRST COUNT
 * }</pre>
 */
public final class FuzzArrow {
  private FuzzArrow() {}

  /** Takes the number of the first mutant and how many there are to be. */
  public static void main(String[] arguments) throws IOException {
    long first = Long.parseLong(arguments[0]);
    long count = Long.parseLong(arguments[1]);
    Path folder = Files.createTempDirectory("fuzz-arrow");
    Mutants mutants = new Mutants(folder);
    mutants.addCorpus();
    for (long i = first; i < first + count; i++) {
      mutants.run(i);
    }
    System.out.println(count + " mutants from " + first + ", " + mutants.read() + " read whole");
  }
}
