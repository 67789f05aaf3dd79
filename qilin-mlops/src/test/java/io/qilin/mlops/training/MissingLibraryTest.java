package io.qilin.mlops.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.QilinException;
import io.qilin.mlops.dataset.TrainingData;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What happens where the host did not add LightGBM: a class loader hides it. */
class MissingLibraryTest {
  /** Tries to train, and gives what it said. */
  public static final class Attempt implements Supplier<String> {
    /** Made by the loader. */
    public Attempt() {}

    @Override
    public String get() {
      try {
        new LightGbmTrainer()
            .train(
                TrainingData.of(List.of("a"), new double[] {1, 2}, new double[] {1, 2}),
                null,
                Map.of(),
                TrainingContext.silent(1));
        return "trained";
      } catch (QilinException e) {
        return e.code() + " " + e.getMessage();
      }
    }
  }

  /** Loads the classes of this package anew, and finds none of LightGBM's. */
  private static final class Hiding extends ClassLoader {
    private Hiding(ClassLoader parent) {
      super(parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("com.microsoft.ml") || name.startsWith("io.github.metarank")) {
        throw new ClassNotFoundException(name);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded == null && name.startsWith("io.qilin.mlops.training.")) {
          try (InputStream in =
              Objects.requireNonNull(getResourceAsStream(name.replace('.', '/') + ".class"))) {
            byte[] bytes = in.readAllBytes();
            loaded = defineClass(name, bytes, 0, bytes.length);
          } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
          }
        }
        return loaded == null ? super.loadClass(name, resolve) : loaded;
      }
    }
  }

  @Test
  void whenLightGbmIsNotThere_thenTheArtifactIsNamed() throws ReflectiveOperationException {
    Class<?> attempt = new Hiding(getClass().getClassLoader()).loadClass(Attempt.class.getName());
    Object said = ((Supplier<?>) attempt.getConstructor().newInstance()).get();

    assertThat(String.valueOf(said))
        .startsWith("UNSUPPORTED")
        .contains("io.github.metarank:lightgbm4j");
    assertThat(new Attempt().get()).isEqualTo("trained");
  }
}
