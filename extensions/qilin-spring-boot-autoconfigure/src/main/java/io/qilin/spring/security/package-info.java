/**
 * The audit log and the security pipeline as beans, only where asked for. Start at {@link
 * io.qilin.spring.security.AuditAutoConfiguration}.
 */
@NullMarked
package io.qilin.spring.security;

import org.jspecify.annotations.NullMarked;
