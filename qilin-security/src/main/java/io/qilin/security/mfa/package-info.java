/** The second factor: one-time codes and recovery codes. Start with {@link io.qilin.security.mfa.SecondFactor}. */
@NullMarked
package io.qilin.security.mfa;

import org.jspecify.annotations.NullMarked;
