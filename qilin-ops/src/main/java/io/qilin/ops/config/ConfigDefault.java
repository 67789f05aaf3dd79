package io.qilin.ops.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a component of a configuration's record is where no layer sets it.
 *
 * <p>For scalars the text as a file would hold it, for example {@code @ConfigDefault("30s") Duration timeout}; for lists only
 * {@code "[]"} and for maps only <code>"{}"</code>. An {@code Optional} of a scalar has that of the scalar: it is empty only where
 * the host's own code says so. A record and a secret have none.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface ConfigDefault {
  /** The text. */
  String value();
}
