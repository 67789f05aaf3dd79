package io.qilin.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledChildTest {
  @TempDir
  Path folder;

  /** Starts a child of its own, and acknowledges when that runs. */
  static final class Parent {
    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      Thread thread =
          new Thread(() -> KilledChild.of(Child.class, folder, arguments[0]).ended());
      thread.start();
      while (!Files.exists(folder.resolve("pid"))) {
        Thread.onSpinWait();
      }
      System.out.println(KilledChild.ACK);
      thread.join();
    }
  }

  /** Tells its number, and never ends. */
  static final class Child {
    public static void main(String[] arguments) throws IOException, InterruptedException {
      Path pid = Path.of(arguments[0]).resolve("pid");
      Path whole = Files.writeString(
          pid.resolveSibling("pid.new"), Long.toString(ProcessHandle.current().pid()));
      Files.move(whole, pid, StandardCopyOption.ATOMIC_MOVE);
      new CountDownLatch(1).await();
    }
  }

  /** Says what it was given, and fails where there is nothing. */
  static final class Speaker {
    public static void main(String[] arguments) throws IOException {
      if (arguments.length == 0) {
        throw new IOException("nothing to say");
      }
      System.out.println(String.join(",", arguments));
    }
  }

  @Test
  void whenTheJvmOfTheTestIsKilled_thenItsChildEnds() throws Exception {
    Path of = Files.createDirectory(folder.resolve("child"));
    KilledChild.of(Parent.class, folder, of.toString()).killed(1);
    long pid = Long.parseLong(Files.readString(of.resolve("pid")));
    Optional<ProcessHandle> child = ProcessHandle.of(pid);
    if (child.isPresent()) {
      child.get().onExit().get(60, TimeUnit.SECONDS);
    }
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void whenAChildEnds_thenItsWordsAreThereAndAFailureIsTold() {
    assertThat(KilledChild.of(Speaker.class, folder, "a", "b").ended()).isEqualTo(List.of("a,b"));
    assertThatThrownBy(() -> KilledChild.of(Speaker.class, folder).ended())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("nothing to say");
  }
}
