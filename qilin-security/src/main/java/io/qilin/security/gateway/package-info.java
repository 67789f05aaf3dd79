/**
 * What a request passes before anybody looks into it: start with {@link io.qilin.security.gateway.Gateway}. What costs little comes
 * first, what only a genuine caller should cause comes last.
 */
@NullMarked
package io.qilin.security.gateway;

import org.jspecify.annotations.NullMarked;
