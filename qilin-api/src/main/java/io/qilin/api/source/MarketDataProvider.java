package io.qilin.api.source;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Map;
import java.util.Set;

/**
 * Opens a source of market data. Found through {@link java.util.ServiceLoader}; implementations have a public
 * constructor without arguments, which neither blocks nor throws. The contract is the class {@code
 * MarketDataProviderTck} of qilin-testkit.
 */
public interface MarketDataProvider {
  /** Unique name of 1 to 32 of {@code a-z 0-9 -}, for example {@code "csv"}. */
  String id();

  /** What an opened source serves; it refuses anything else with {@link ErrorCode#UNSUPPORTED}. */
  Set<DataCapability> capabilities();

  /** The highest priority wins among providers that can serve a request; ties go to the smaller id. */
  default int priority() {
    return 0;
  }

  /**
   * Opens a source.
   *
   * @param settings by name; an unknown name is refused
   * @throws QilinException INVALID_CONFIGURATION for a missing, unknown or wrong setting
   */
  MarketDataSource open(Map<String, String> settings);
}
