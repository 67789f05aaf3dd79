package io.qilin.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.data.DamagedInputs;
import io.qilin.data.table.TableScan;
import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CsvMutantsTest {
  private static final int COUNT = 10_000;

  @TempDir
  Path folder;

  @Test
  @Tag("fault")
  @Tag("F15")
  void whenAValidFileIsDamaged_thenItIsReadWholeOrRefusedWithATypedError() throws IOException {
    CsvMutants mutants = new CsvMutants(folder);
    int count = DamagedInputs.read("csv", COUNT, mutants::run);
    assertThat(mutants.read()).as("many faults only change a value").isBetween(count / 20, count);
  }

  @Test
  @Tag("fault")
  @Tag("F15")
  void whenAReaderTrustsAByte_thenTheMutantsFindIt() throws IOException {
    CsvMutants trusting = new CsvMutants(folder) {
      @Override
      void read(Path file) throws IOException {
        DamagedInputs.trust(Files.readAllBytes(file), 3);
      }
    };
    assertThatThrownBy(() -> DamagedInputs.read("planted", 100_000, trusting::run))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("mutant ")
        .hasCauseInstanceOf(ArrayIndexOutOfBoundsException.class);
  }

  @Test
  void whenTheFileIsOfACorpus_thenItIsReadOrRefused() throws IOException {
    int cases = 0;
    for (String corpus : List.of("arrow-fuzz/manifest.jsonl", "csv-hostile/cases.jsonl")) {
      Path list = SharedFiles.corpus(corpus);
      for (String line : SharedFiles.lines(list)) {
        if (!line.isBlank() && judge(list, JsonMapper.shared().readTree(line))) {
          cases++;
        }
      }
    }
    assertThat(cases).isGreaterThan(40);
  }

  private boolean judge(Path list, JsonNode node) throws IOException {
    Path file;
    if (node.get("kind").asString().equals("csv")) {
      file = list.resolveSibling("files").resolve(node.get("id").asString());
    } else if (node.has("b64")) {
      file = folder.resolve("case.csv");
      Files.write(file, Base64.getDecoder().decode(node.get("b64").asString()));
    } else {
      return false;
    }
    try {
      CsvMutants.consume(file, TableScan.ALL);
    } catch (QilinException e) {
      assertThat(CsvMutants.TYPED).as(node.get("id").asString()).contains(e.code());
    }
    return true;
  }
}
