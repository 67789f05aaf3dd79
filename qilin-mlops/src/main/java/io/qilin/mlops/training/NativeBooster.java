package io.qilin.mlops.training;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_int;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_long_long;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;

/** A booster in LightGBM's memory; given back by {@link #close}, before its rows are. Confined to one thread. */
final class NativeBooster implements AutoCloseable {
  private static final long FIRST_TEXT = 1 << 20;

  private final SWIGTYPE_p_void handle;
  private boolean closed;

  private NativeBooster(SWIGTYPE_p_void handle) {
    this.handle = handle;
  }

  static NativeBooster of(NativeDataset train, String parameters) {
    SWIGTYPE_p_p_void out = lightgbmlib.new_voidpp();
    try {
      NativeLibrary.check(lightgbmlib.LGBM_BoosterCreate(train.handle(), parameters, out), "begin");
      return new NativeBooster(lightgbmlib.voidpp_value(out));
    } finally {
      lightgbmlib.delete_voidpp(out);
    }
  }

  void validate(NativeDataset valid) {
    NativeLibrary.check(
        lightgbmlib.LGBM_BoosterAddValidData(handle, valid.handle()), "take the validation rows");
  }

  /** Adds a tree; true if there is nothing left to gain. */
  boolean update() {
    SWIGTYPE_p_int finished = lightgbmlib.new_intp();
    try {
      NativeLibrary.check(lightgbmlib.LGBM_BoosterUpdateOneIter(handle, finished), "add a tree");
      return lightgbmlib.intp_value(finished) != 0;
    } finally {
      lightgbmlib.delete_intp(finished);
    }
  }

  /** The one metric on the training rows (0) or the validation rows (1). */
  double metric(int rows) {
    SWIGTYPE_p_int count = lightgbmlib.new_intp();
    SWIGTYPE_p_double values = lightgbmlib.new_doubleArray(1);
    try {
      NativeLibrary.check(
          lightgbmlib.LGBM_BoosterGetEval(handle, rows, count, values), "judge the rows");
      if (lightgbmlib.intp_value(count) != 1) {
        throw new QilinException(
            ErrorCode.TRAINING_FAILED,
            "LightGBM judged by " + lightgbmlib.intp_value(count) + " metrics instead of one");
      }
      return lightgbmlib.doubleArray_getitem(values, 0);
    } finally {
      lightgbmlib.delete_doubleArray(values);
      lightgbmlib.delete_intp(count);
    }
  }

  /** The text model of the first rounds. */
  String text(int rounds) {
    SWIGTYPE_p_long_long length = lightgbmlib.new_int64_tp();
    try {
      String text = lightgbmlib.LGBM_BoosterSaveModelToStringSWIG(
          handle,
          0,
          rounds,
          lightgbmlibConstants.C_API_FEATURE_IMPORTANCE_GAIN,
          FIRST_TEXT,
          length);
      NativeLibrary.check(text == null ? -1 : 0, "write the model");
      return text;
    } finally {
      lightgbmlib.delete_int64_tp(length);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      NativeLibrary.check(lightgbmlib.LGBM_BoosterFree(handle), "give the booster back");
    }
  }
}
