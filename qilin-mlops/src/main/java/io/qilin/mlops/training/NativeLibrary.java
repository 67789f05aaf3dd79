package io.qilin.mlops.training;

import com.microsoft.ml.lightgbm.lightgbmlib;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Loads LightGBM, once, and makes its errors Qilin's.
 *
 * <p>lightgbm4j's own loader unpacks to one fixed name in the temporary folder. A second process there writes over the code that
 * the first one runs, which ends the first one; and whoever plants a file of that name has his code run. Here it goes to a
 * folder of this process alone, readable by its user alone, and is gone again as soon as it is loaded.
 */
final class NativeLibrary {
  private static boolean loaded;

  private NativeLibrary() {}

  /**
   * Loads it, if it is not.
   *
   * @throws QilinException IO if the temporary folder cannot be written; UNSUPPORTED if there is no code for this machine
   * @throws LinkageError if it cannot be loaded
   */
  static synchronized void load() {
    if (loaded) {
      return;
    }
    try {
      Path folder = Files.createTempDirectory("qilin-lightgbm");
      try {
        for (String name : List.of("lib_lightgbm", "lib_lightgbm_swig")) {
          load(folder, name);
        }
      } finally {
        remove(folder);
      }
    } catch (IOException e) {
      throw new QilinException(
          ErrorCode.IO,
          "LightGBM's native code cannot be unpacked into the temporary folder: " + e.getMessage(),
          e);
    }
    loaded = true;
  }

  private static void load(Path folder, String name) throws IOException {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    boolean windows = os.startsWith("windows");
    boolean mac = os.startsWith("mac");
    String file = name + (windows ? ".dll" : mac ? ".dylib" : ".so");
    String place = "/lightgbm4j/" + (windows ? "windows" : mac ? "osx" : "linux") + "/"
        + (arch.equals("aarch64") || arch.equals("arm64") ? "aarch64" : "x86_64") + "/" + file;
    try (InputStream in = lightgbmlib.class.getResourceAsStream(place)) {
      if (in == null) {
        throw new QilinException(
            ErrorCode.UNSUPPORTED,
            "lightgbm4j has no native code for " + os + " on " + arch
                + "; train on another machine:" + " the model predicts here too");
      }
      Path unpacked = folder.resolve(file);
      Files.copy(in, unpacked);
      System.load(unpacked.toString());
    }
  }

  /** On Windows code that is loaded cannot be removed; it goes when the process ends. */
  private static void remove(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (!file.toFile().delete()) {
          folder.toFile().deleteOnExit();
          file.toFile().deleteOnExit();
        }
      }
    }
    if (!folder.toFile().delete()) {
      folder.toFile().deleteOnExit();
    }
  }

  /** What a call of the library gave: 0, or its last error says why not. */
  static void check(int result, String what) {
    if (result != 0) {
      throw new QilinException(
          ErrorCode.TRAINING_FAILED,
          "LightGBM cannot " + what + ": "
              + QilinException.quote(String.valueOf(lightgbmlib.LGBM_GetLastError())));
    }
  }
}
