<?xml version="1.0" encoding="UTF-8"?>
<!-- A manifest with its package, and the app's with what the kit's asks for: permissions, features, and the parts of its
     application. Gradle does this by itself; it is enough here because the kit's parts and the app's never share a name. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:android="http://schemas.android.com/apk/res/android">
  <xsl:param name="package"/>
  <!-- The path of the kit's manifest, for the app alone. -->
  <xsl:param name="library" select="''"/>
  <xsl:variable name="kit" select="document(concat('file://', $library))[$library != '']/manifest"/>

  <xsl:template match="/manifest">
    <manifest package="{$package}">
      <xsl:apply-templates select="@*|node()"/>
    </manifest>
  </xsl:template>

  <xsl:template match="@*|node()">
    <xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy>
  </xsl:template>

  <xsl:template match="/manifest/application">
    <xsl:variable name="own" select="/manifest"/>
    <xsl:for-each select="$kit/*[not(self::application)]">
      <xsl:if test="not($own/*[name() = name(current()) and @android:name = current()/@android:name])">
        <xsl:copy-of select="."/>
      </xsl:if>
    </xsl:for-each>
    <xsl:copy>
      <xsl:apply-templates select="@*|node()"/>
      <xsl:apply-templates select="$kit/application/*"/>
    </xsl:copy>
  </xsl:template>

  <!-- What stands for the app's own id in the kit's parts. -->
  <xsl:template match="@*[contains(., '${applicationId}')]">
    <xsl:attribute name="{name()}">
      <xsl:value-of select="concat(substring-before(., '${applicationId}'), 'vn.paht.app', substring-after(., '${applicationId}'))"/>
    </xsl:attribute>
  </xsl:template>
</xsl:stylesheet>
