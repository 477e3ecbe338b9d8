; What our Windows installer does beyond electron-builder's own. Documents lie below LocalAppData\Van Thu and are left alone,
; unless the uninstaller is told otherwise by --delete-app-data, which an IT department gives on purpose.

!macro customUnInstall
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "--delete-app-data" $R1
  ${IfNot} ${Errors}
    ${IfNot} ${isUpdated}
      SetShellVarContext current
      RMDir /r "$LOCALAPPDATA\Van Thu"
    ${EndIf}
  ${EndIf}
!macroend
