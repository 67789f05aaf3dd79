package io.qilin.data.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.data.DamagedInputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrowMutantsTest {
  private static final int COUNT = 10_000;

  @TempDir
  Path folder;

  @Test
  @Tag("fault")
  @Tag("F15")
  void whenAValidTableIsDamaged_thenItIsReadWholeOrRefusedWithATypedError() throws IOException {
    Mutants mutants = new Mutants(folder);
    mutants.addCorpus();
    int count = DamagedInputs.read("arrow", COUNT, mutants::run);
    assertThat(mutants.read())
        .as("some faults hit nothing, most do")
        .isBetween(count / 100, count / 2);
  }

  @Test
  @Tag("fault")
  @Tag("F15")
  void whenAReaderTrustsAByte_thenTheMutantsFindIt() throws IOException {
    Mutants trusting = new Mutants(folder) {
      @Override
      void read(byte[] mutant, SplittableRandom random) throws IOException {
        DamagedInputs.trust(mutant, 7);
      }
    };
    assertThatThrownBy(() -> DamagedInputs.read("planted", 100_000, trusting::run))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("mutant ")
        .hasCauseInstanceOf(ArrayIndexOutOfBoundsException.class);
  }
}
