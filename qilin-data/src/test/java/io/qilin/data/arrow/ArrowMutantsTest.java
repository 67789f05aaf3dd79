package io.qilin.data.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrowMutantsTest {
  private static final int COUNT = 12_000;

  @TempDir
  Path folder;

  @Test
  void whenAValidTableIsDamaged_thenItIsReadWholeOrRefusedWithATypedError() throws IOException {
    Mutants mutants = new Mutants(folder);
    mutants.addCorpus();
    for (int i = 0; i < COUNT; i++) {
      mutants.run(i);
    }
    assertThat(mutants.read())
        .as("some faults hit nothing, most do")
        .isBetween(COUNT / 100, COUNT / 2);
  }
}
