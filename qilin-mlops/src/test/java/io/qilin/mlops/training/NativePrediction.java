package io.qilin.mlops.training;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_int;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_long_long;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;

/** What LightGBM itself makes of rows. */
final class NativePrediction {
  private NativePrediction() {}

  static double[] of(String model, double[] rows, int count, int width) {
    NativeLibrary.load();
    SWIGTYPE_p_p_void handle = lightgbmlib.new_voidpp();
    SWIGTYPE_p_int rounds = lightgbmlib.new_intp();
    SWIGTYPE_p_double values = lightgbmlib.new_doubleArray(rows.length);
    SWIGTYPE_p_double scores = lightgbmlib.new_doubleArray(count);
    SWIGTYPE_p_long_long length = lightgbmlib.new_int64_tp();
    NativeLibrary.check(
        lightgbmlib.LGBM_BoosterLoadModelFromString(model, rounds, handle), "read the model");
    try {
      for (int i = 0; i < rows.length; i++) {
        lightgbmlib.doubleArray_setitem(values, i, rows[i]);
      }
      NativeLibrary.check(
          lightgbmlib.LGBM_BoosterPredictForMat(
              lightgbmlib.voidpp_value(handle),
              lightgbmlib.double_to_voidp_ptr(values),
              lightgbmlibConstants.C_API_DTYPE_FLOAT64,
              count,
              width,
              1,
              lightgbmlibConstants.C_API_PREDICT_NORMAL,
              0,
              -1,
              "num_threads=1",
              length,
              scores),
          "predict");
      double[] predicted = new double[count];
      for (int i = 0; i < count; i++) {
        predicted[i] = lightgbmlib.doubleArray_getitem(scores, i);
      }
      return predicted;
    } finally {
      NativeLibrary.check(
          lightgbmlib.LGBM_BoosterFree(lightgbmlib.voidpp_value(handle)), "give the model back");
      lightgbmlib.delete_int64_tp(length);
      lightgbmlib.delete_doubleArray(scores);
      lightgbmlib.delete_doubleArray(values);
      lightgbmlib.delete_intp(rounds);
      lightgbmlib.delete_voidpp(handle);
    }
  }
}
