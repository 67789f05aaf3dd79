package io.qilin.mlops.training;

import com.microsoft.ml.lightgbm.lightgbmlib;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;

/** Loads LightGBM, once, and makes its errors Qilin's. */
final class NativeLibrary {
  private NativeLibrary() {}

  /** Unpacks the library into the machine's temporary folder, as lightgbm4j does. */
  static void load() {
    try {
      LGBMBooster.loadNative();
    } catch (IOException e) {
      throw new QilinException(
          ErrorCode.IO,
          "LightGBM's native code cannot be unpacked into the temporary folder: " + e.getMessage(),
          e);
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
