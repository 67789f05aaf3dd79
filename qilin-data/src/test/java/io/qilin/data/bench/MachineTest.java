package io.qilin.data.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
  @TempDir
  private Path folder;

  @Test
  void whenLinuxNamesTheModel_thenItIsThat() throws IOException {
    Path info = Files.writeString(
        folder.resolve("cpuinfo"),
        "processor\t: 0\nmodel\t\t: 1\nmodel name\t: Abacus 9: fast\nmodel name\t: Other\n");
    assertThat(Machine.model(info)).isEqualTo("Abacus 9: fast");
  }

  @Test
  void whenNobodyNamesTheModel_thenItIsUnknown() throws IOException {
    Path info = Files.writeString(folder.resolve("cpuinfo"), "processor\t: 0\nmodel name\t:\n");
    assertThat(Machine.model(info)).isEqualTo(Machine.UNKNOWN);
    assertThat(Machine.model(folder.resolve("none"))).isEqualTo(Machine.UNKNOWN);
    assertThat(Machine.model(folder)).isEqualTo(Machine.UNKNOWN);
  }

  @Test
  void whenAskedForThisMachine_thenTheJvmIsTheOneThatRuns() {
    Machine machine = Machine.current();
    assertThat(machine.cpu()).isNotBlank();
    assertThat(machine.processors()).isPositive();
    assertThat(machine.jvm()).contains(Runtime.version().toString());
  }
}
