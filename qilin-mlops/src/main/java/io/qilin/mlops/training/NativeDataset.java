package io.qilin.mlops.training;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_float;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import io.qilin.mlops.dataset.TrainingData;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Rows in LightGBM's memory, binned; given back by {@link #close}. Confined to one thread. */
final class NativeDataset implements AutoCloseable {
  private static final int CHUNK = 1024;

  private final SWIGTYPE_p_void handle;
  private boolean closed;

  private NativeDataset(SWIGTYPE_p_void handle) {
    this.handle = handle;
  }

  /**
   * Copies rows over and bins them.
   *
   * @param reference the rows whose bins are used; null to make new ones
   */
  static NativeDataset of(
      TrainingData data,
      String parameters,
      @Nullable NativeDataset reference,
      TrainingContext context) {
    NativeDataset dataset = new NativeDataset(handle(data, parameters, reference, context));
    boolean done = false;
    try {
      dataset.field("label", data.count(), data::label);
      if (data.weighted()) {
        dataset.field("weight", data.count(), data::weight);
      }
      done = true;
      return dataset;
    } finally {
      if (!done) {
        dataset.close();
      }
    }
  }

  private static SWIGTYPE_p_void handle(
      TrainingData data,
      String parameters,
      @Nullable NativeDataset reference,
      TrainingContext context) {
    SWIGTYPE_p_p_void out = lightgbmlib.new_voidpp();
    SWIGTYPE_p_double values = lightgbmlib.new_doubleArray((long) data.count() * data.width());
    try {
      fill(values, data, context);
      NativeLibrary.check(
          lightgbmlib.LGBM_DatasetCreateFromMat(
              lightgbmlib.double_to_voidp_ptr(values),
              lightgbmlibConstants.C_API_DTYPE_FLOAT64,
              data.count(),
              data.width(),
              1,
              parameters,
              reference == null ? null : reference.handle,
              out),
          "take the rows");
      return lightgbmlib.voidpp_value(out);
    } finally {
      lightgbmlib.delete_doubleArray(values);
      lightgbmlib.delete_voidpp(out);
    }
  }

  private static void fill(SWIGTYPE_p_double values, TrainingData data, TrainingContext context) {
    double[] rows = new double[CHUNK * data.width()];
    long at = 0;
    for (int from = 0; from < data.count(); from += CHUNK) {
      context.cancellation().check();
      int count = Math.min(CHUNK, data.count() - from);
      data.copyRows(from, count, rows);
      for (int i = 0; i < count * data.width(); i++) {
        lightgbmlib.doubleArray_setitem(values, at++, rows[i]);
      }
    }
  }

  /** LightGBM holds labels and weights as {@code float}. */
  private void field(String name, int count, IntToDoubleFunction value) {
    SWIGTYPE_p_float values = lightgbmlib.new_floatArray(count);
    try {
      for (int i = 0; i < count; i++) {
        lightgbmlib.floatArray_setitem(values, i, (float) value.applyAsDouble(i));
      }
      NativeLibrary.check(
          lightgbmlib.LGBM_DatasetSetField(
              handle,
              name,
              lightgbmlib.float_to_voidp_ptr(values),
              count,
              lightgbmlibConstants.C_API_DTYPE_FLOAT32),
          "take the " + name + "s");
    } finally {
      lightgbmlib.delete_floatArray(values);
    }
  }

  /** Names as the text model has them; only plain ones, the signature has all. */
  void names(String[] names) {
    NativeLibrary.check(
        lightgbmlib.LGBM_DatasetSetFeatureNames(handle, names, names.length), "take the names");
  }

  SWIGTYPE_p_void handle() {
    return handle;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      NativeLibrary.check(lightgbmlib.LGBM_DatasetFree(handle), "give rows back");
    }
  }
}
