; The installer. What differs from build to build comes from parameters.nsh, which setup.py writes;
; every word a clerk reads is in words.zh_CN.nsh.
;
; All that is ours lies in $INSTDIR\program, a folder of its own: an upgrade unpacks the new one
; beside it and swaps the two, so nothing stale stays, and a failure leaves the old one as it was.
; Nothing is ever written to the data folder.
;
; Silent use: Setup.exe /S [/ALLUSERS] [/CLOSE] [/WAIT=seconds] [/DOWNGRADE] [/LOG=file] [/D=folder]
;             uninstall.exe /S [/DELETEDATA] [/CLOSE] [/WAIT=seconds] [/LOG=file] [_?=folder]

Unicode true
!include "${PARAMETERS}"
Target ${STUB}
SetCompressor /SOLID ${COMPRESSOR}
!if ${COMPRESSOR} == lzma
  SetCompressorDictSize 32
!endif
CRCCheck force
ManifestSupportedOS Win10
ManifestDPIAware true
ManifestLongPathAware true
RequestExecutionLevel user
XPStyle on
ShowInstDetails nevershow
ShowUninstDetails nevershow
BrandingText " "
AllowSkipFiles off
Name "${NAME}" "${NAME_IN_DIALOGS}"
OutFile "${OUTPUT}"
!packhdr "${HEADER}" '${STUB_WORDS} "${HEADER}"'
!ifdef SIGN
  !finalize '${SIGN} "%1"'
  !uninstfinalize '${SIGN} "%1"'
!endif

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"
!define CLASSES "Software\Classes"
!define PACK_VERB "${CLASSES}\SystemFileAssociations\.zip\shell\${ID}.Pack"
!define OLDEST_BUILD 17763 ; Windows 10 1809

; How it ends: said by the exit code, for a roll-out.
!define E_FAILED 2
!define E_TOO_OLD 3
!define E_RUNNING 4
!define E_NO_RIGHT 5
!define E_NO_ROOM 6
!define E_UNWRITABLE 7
!define E_NEWER 8
!define E_BAD_FOLDER 9

!include "MUI2.nsh"
!include "nsDialogs.nsh"
!include "LogicLib.nsh"
!include "WinVer.nsh"
!include "FileFunc.nsh"
!include "WordFunc.nsh"
!include "${WORDS}"

Var Scope ; "me" or "all"
Var There ; the version that is installed already, "" where none is
Var Log
Var Wait ; seconds
Var Close ; 1: ask a running copy to close
Var Downgrade
Var DeleteData
Var Box
Var OtherBox

VIProductVersion "${VERSION_4}"
VIFileVersion "${VERSION_4}"
VIAddVersionKey /LANG=2052 "ProductName" "${NAME}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileDescription" "${NAME} ${W_ABOUT}"
VIAddVersionKey /LANG=2052 "CompanyName" "${W_PUBLISHER}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "Apache-2.0"

; --- pages -------------------------------------------------------------------------------------

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PICTURE}"
!define MUI_WELCOMEFINISHPAGE_BITMAP_STRETCH AspectFitHeight
!define MUI_WELCOMEPAGE_TITLE "${W_WELCOME_TITLE}"
!define MUI_WELCOMEPAGE_TEXT "${W_WELCOME}"
!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipIfScopeIsSettled
!insertmacro MUI_PAGE_WELCOME
Page custom ShowScope TakeScope
!define MUI_PAGE_HEADER_TEXT "${W_FOLDER_TITLE}"
!define MUI_PAGE_HEADER_SUBTEXT "${W_FOLDER}"
!define MUI_DIRECTORYPAGE_TEXT_TOP "${W_FOLDER_OTHER}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "${W_FINISH_TITLE}"
!define MUI_FINISHPAGE_TEXT "${W_FINISH}"
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "${W_RUN}"
!define MUI_FINISHPAGE_RUN_FUNCTION OpenProgram
!define MUI_FINISHPAGE_SHOWREADME
!define MUI_FINISHPAGE_SHOWREADME_TEXT "${W_ON_DESKTOP}"
!define MUI_FINISHPAGE_SHOWREADME_FUNCTION PutOnDesktop
!insertmacro MUI_PAGE_FINISH

UninstPage custom un.ShowWhatStays un.TakeWhatStays
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro MUI_LANGUAGE "SimpChinese"
SetFont /LANG=${LANG_SIMPCHINESE} "Microsoft YaHei UI" 9

; --- said by both the installer and the uninstaller ----------------------------------------------

!macro stop CODE WORDS
  StrCpy $R0 ${CODE}
  StrCpy $R1 `${WORDS}`
  Call ${UN}Stop
!macroend

!macro both UN
  ; Write the line $R1 to the log, where one was asked for.
  Function ${UN}Note
    ${If} $Log == ""
      Return
    ${EndIf}
    ClearErrors
    FileOpen $R2 "$Log" a
    ${IfNot} ${Errors}
      FileSeek $R2 0 END
      FileWriteUTF16LE /BOM $R2 "$R1$\r$\n"
      FileClose $R2
    ${EndIf}
  FunctionEnd

  ; End with the exit code $R0 and the words $R1; a folder made in vain goes.
  Function ${UN}Stop
    Call ${UN}Note
    SetErrorLevel $R0
    MessageBox MB_OK|MB_ICONSTOP "$R1" /SD IDOK
    SetOutPath "$TEMP"
    ${If} $INSTDIR != ""
      RMDir "$INSTDIR"
    ${EndIf}
    Quit
  FunctionEnd

  Function ${UN}TakeParameters
    SetRegView 64
    ${GetParameters} $0
    ClearErrors
    ${GetOptions} $0 "/LOG=" $Log
    ${GetOptions} $0 "/WAIT=" $Wait
    ${If} $Wait == ""
      StrCpy $Wait 60
    ${EndIf}
    ClearErrors
    ${GetOptions} $0 "/CLOSE" $1
    ${IfNot} ${Errors}
      StrCpy $Close 1
    ${EndIf}
    ClearErrors
    ${GetOptions} $0 "/DOWNGRADE" $1
    ${IfNot} ${Errors}
      StrCpy $Downgrade 1
    ${EndIf}
    ClearErrors
    ${GetOptions} $0 "/DELETEDATA" $1
    ${IfNot} ${Errors}
      StrCpy $DeleteData 1
    ${EndIf}
  FunctionEnd

  Function ${UN}StopIfNoRight
    UserInfo::GetAccountType
    Pop $0
    ${If} $Scope == "all"
    ${AndIf} $0 != "Admin"
      !insertmacro stop ${E_NO_RIGHT} "${W_NO_RIGHT}"
    ${EndIf}
  FunctionEnd

  ; $0 = 1 while a program of ours is running: Windows lets nobody write to its file then.
  Function ${UN}IsRunning
    StrCpy $0 0
    FindFirst $2 $3 "$INSTDIR\program\*.exe"
    ${DoWhile} $3 != ""
      SetFileAttributes "$INSTDIR\program\$3" NORMAL
      ClearErrors
      FileOpen $4 "$INSTDIR\program\$3" a
      ${If} ${Errors}
        StrCpy $0 1
      ${Else}
        FileClose $4
      ${EndIf}
      FindNext $2 $3
    ${Loop}
    FindClose $2
    ClearErrors
  FunctionEnd

  ; The program saves what is in hand when it is asked to close.
  Function ${UN}AskToClose
    nsExec::Exec 'taskkill /IM ${WINDOW}.exe'
    Pop $0
  FunctionEnd

  Function ${UN}StopIfRunning
    StrCpy $5 0
    ${Do}
      Call ${UN}IsRunning
      ${If} $0 = 0
        Return
      ${EndIf}
      ${IfNot} ${Silent}
        MessageBox MB_OKCANCEL|MB_ICONEXCLAMATION "${W_RUNNING}" IDOK +3
        SetErrorLevel 1
        Quit
        Call ${UN}AskToClose
        Sleep 3000
      ${Else}
        ${If} $5 >= $Wait
          !insertmacro stop ${E_RUNNING} "${W_STILL_RUNNING}"
        ${EndIf}
        ${If} $Close = 1
        ${AndIf} $5 = 0
          Call ${UN}AskToClose
        ${EndIf}
        Sleep 1000
        IntOp $5 $5 + 1
      ${EndIf}
    ${Loop}
  FunctionEnd

  Function ${UN}TellExplorer
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  FunctionEnd

  ; Everything of ours in the registry but the uninstaller's key.
  Function ${UN}Unregister
    ReadRegStr $0 SHCTX "${KEY}" "Shortcut"
    ${If} $0 != ""
      Delete "$SMPROGRAMS\$0.lnk"
      Delete "$DESKTOP\$0.lnk"
    ${EndIf}
    DeleteRegKey SHCTX "${PACK_VERB}"
    DeleteRegKey SHCTX "${CLASSES}\${ID}.Workbook"
    DeleteRegKey SHCTX "${CLASSES}\Applications\${WINDOW}.exe"
    !insertmacro each_workbook unoffer
  FunctionEnd

!macroend

!macro each_workbook DO
  !insertmacro ${DO} ".xlsx"
  !insertmacro ${DO} ".xls"
  !insertmacro ${DO} ".et"
  !insertmacro ${DO} ".ods"
  !insertmacro ${DO} ".csv"
!macroend

; The office's own program stays the one that opens a workbook; ours is offered beside it.
!macro offer ENDING
  WriteRegStr SHCTX "${CLASSES}\${ENDING}\OpenWithProgids" "${ID}.Workbook" ""
  WriteRegStr SHCTX "${CLASSES}\Applications\${WINDOW}.exe\SupportedTypes" "${ENDING}" ""
!macroend

!macro unoffer ENDING
  DeleteRegValue SHCTX "${CLASSES}\${ENDING}\OpenWithProgids" "${ID}.Workbook"
  DeleteRegKey /ifempty SHCTX "${CLASSES}\${ENDING}\OpenWithProgids"
  DeleteRegKey /ifempty SHCTX "${CLASSES}\${ENDING}"
!macroend

!insertmacro both ""
!insertmacro both "un."

; --- the installer -------------------------------------------------------------------------------

!define UN ""

Function .onInit
  Call TakeParameters
  ${IfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    !insertmacro stop ${E_TOO_OLD} "${W_TOO_OLD}"
  ${EndIf}
  Call StopIfFolderIsOdd
  StrCpy $Scope "me"
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/ALLUSERS" $1
  ${IfNot} ${Errors}
    StrCpy $Scope "all"
    Call StopIfNoRight
  ${EndIf}
  Call UseScope
FunctionEnd

; NSIS takes a folder it can not use for none, and would install elsewhere in silence.
Function StopIfFolderIsOdd
  System::Call 'kernel32::GetCommandLine()t.r0'
  ClearErrors
  ${WordFind} "$0" "/D=" "E+1}" $0
  ${IfNot} ${Errors}
  ${AndIf} $INSTDIR == ""
    !insertmacro stop ${E_BAD_FOLDER} "${W_BAD_FOLDER}"
  ${EndIf}
  ClearErrors
FunctionEnd

; Where things go for $Scope, and what is there already; a folder named by /D= stays.
Function UseScope
  ${If} $Scope == "all"
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
  ReadRegStr $There SHCTX "${KEY}" "DisplayVersion"
  ${If} $INSTDIR == ""
    ReadRegStr $INSTDIR SHCTX "${KEY}" "InstallLocation"
  ${EndIf}
  ${If} $INSTDIR == ""
    ${If} $Scope == "all"
      StrCpy $INSTDIR "$PROGRAMFILES64\${ID}"
    ${Else}
      StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${ID}"
    ${EndIf}
  ${EndIf}
FunctionEnd

Function SkipIfScopeIsSettled
  ${If} $Scope == "all"
    Abort
  ${EndIf}
FunctionEnd

Function ShowScope
  Call SkipIfScopeIsSettled
  !insertmacro MUI_HEADER_TEXT "${W_SCOPE_TITLE}" "${W_SCOPE}"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateRadioButton} 0 20u 100% 14u "${W_FOR_ME}"
  Pop $Box
  ${NSD_CreateRadioButton} 0 40u 100% 14u "${W_FOR_ALL}"
  Pop $OtherBox
  ReadRegStr $0 HKCU "${KEY}" "InstallLocation"
  ReadRegStr $1 HKLM "${KEY}" "InstallLocation"
  ${If} $0 == ""
  ${AndIf} $1 != ""
    ${NSD_Check} $OtherBox
  ${Else}
    ${NSD_Check} $Box
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function TakeScope
  ${NSD_GetState} $OtherBox $0
  ${If} $0 <> ${BST_CHECKED}
    Return
  ${EndIf}
  UserInfo::GetAccountType
  Pop $0
  ${If} $0 == "Admin"
    StrCpy $Scope "all"
    StrCpy $INSTDIR ""
    Call UseScope
    Return
  ${EndIf}
  ClearErrors
  ExecShell "runas" "$EXEPATH" "/ALLUSERS"
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONEXCLAMATION "${W_NO_RIGHT}"
    Abort ; stay on the page
  ${EndIf}
  Quit
FunctionEnd

Function StopIfNewer
  ${VersionCompare} "${VERSION}" "$There" $0
  ${If} $There == ""
  ${OrIf} $0 <> 2
  ${OrIf} $Downgrade = 1
    Return
  ${EndIf}
  MessageBox MB_YESNO|MB_DEFBUTTON2|MB_ICONEXCLAMATION "${W_NEWER_ASK}" /SD IDNO IDYES goes
  SetErrorLevel ${E_NEWER}
  StrCpy $R1 "${W_NEWER}"
  Call Note
  Quit
  goes:
FunctionEnd

Function StopIfUnwritable
  CreateDirectory "$INSTDIR"
  ClearErrors
  FileOpen $0 "$INSTDIR\writable.tmp" w
  ${If} ${Errors}
    !insertmacro stop ${E_UNWRITABLE} "${W_UNWRITABLE}"
  ${EndIf}
  FileClose $0
  Delete "$INSTDIR\writable.tmp"
FunctionEnd

Function StopIfNoRoom
  ${GetRoot} "$INSTDIR" $1
  ClearErrors
  ${DriveSpace} "$1\" "/D=F /S=M" $2
  ${IfNot} ${Errors}
  ${AndIf} $2 < ${SIZE_MB}
    !insertmacro stop ${E_NO_ROOM} "${W_NO_ROOM}"
  ${EndIf}
FunctionEnd

; The new folder takes the old one's place; a virus scanner may hold it for a moment.
Function Swap
  RMDir /r "$INSTDIR\program.old"
  ${If} ${FileExists} "$INSTDIR\program\*.*"
    StrCpy $5 0
    ${Do}
      ClearErrors
      Rename "$INSTDIR\program" "$INSTDIR\program.old"
      ${IfNot} ${Errors}
        ${Break}
      ${EndIf}
      ${If} $5 >= 20
        RMDir /r "$INSTDIR\program.new"
        !insertmacro stop ${E_RUNNING} "${W_STILL_RUNNING}"
      ${EndIf}
      Sleep 500
      IntOp $5 $5 + 1
    ${Loop}
  ${EndIf}
  ClearErrors
  Rename "$INSTDIR\program.new" "$INSTDIR\program"
  ${If} ${Errors}
    Rename "$INSTDIR\program.old" "$INSTDIR\program"
    RMDir /r "$INSTDIR\program.new"
    !insertmacro stop ${E_FAILED} "${W_UNFINISHED}"
  ${EndIf}
  RMDir /r "$INSTDIR\program.old"
FunctionEnd

Function .onInstFailed
  SetOutPath "$INSTDIR"
  RMDir /r "$INSTDIR\program.new"
  !insertmacro stop ${E_FAILED} "${W_UNFINISHED}"
FunctionEnd

Section
  Call StopIfNewer
  Call StopIfUnwritable
  Call StopIfRunning
  Call StopIfNoRoom
  RMDir /r "$INSTDIR\program.new"
  SetOutPath "$INSTDIR\program.new"
  File /r "${PROGRAM}/*"
  SetOutPath "$INSTDIR"
  Call Swap

  ; An older copy of the same scope in another folder makes room.
  ReadRegStr $0 SHCTX "${KEY}" "InstallLocation"
  ${If} $0 != ""
  ${AndIf} $0 != $INSTDIR
    RMDir /r "$0\program"
    Delete "$0\uninstall.exe"
    RMDir "$0"
  ${EndIf}
  StrCpy $6 0
  ReadRegStr $0 SHCTX "${KEY}" "Shortcut"
  ${If} $0 != ""
  ${AndIf} ${FileExists} "$DESKTOP\$0.lnk"
    StrCpy $6 1 ; who has it on the desktop keeps it there
  ${EndIf}
  Call Unregister
  ${If} $6 = 1
    Call PutOnDesktop
  ${EndIf}

  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${SHORTCUT}.lnk" "$INSTDIR\program\${WINDOW}.exe" "" \
    "$INSTDIR\program\${WINDOW}.exe" 0 SW_SHOWNORMAL "" "${W_ABOUT}"
  WriteRegStr SHCTX "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${KEY}" "DisplayIcon" "$INSTDIR\program\${WINDOW}.exe"
  WriteRegStr SHCTX "${KEY}" "Publisher" "${W_PUBLISHER}"
  WriteRegStr SHCTX "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${KEY}" "Shortcut" "${SHORTCUT}"
  WriteRegStr SHCTX "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD SHCTX "${KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${KEY}" "NoRepair" 1
  Call Register
  Call TellExplorer
  StrCpy $R1 "${W_DONE}"
  Call Note
SectionEnd

Function Register
  StrCpy $0 '"$INSTDIR\program\${WINDOW}.exe"'
  WriteRegStr SHCTX "${CLASSES}\${ID}.Workbook" "" "${W_WORKBOOK}"
  WriteRegStr SHCTX "${CLASSES}\${ID}.Workbook\DefaultIcon" "" "$0,0"
  WriteRegStr SHCTX "${CLASSES}\${ID}.Workbook\shell\open" "FriendlyAppName" "${NAME}"
  WriteRegStr SHCTX "${CLASSES}\${ID}.Workbook\shell\open\command" "" '$0 "%1"'
  WriteRegStr SHCTX "${CLASSES}\Applications\${WINDOW}.exe" "FriendlyAppName" "${NAME}"
  WriteRegStr SHCTX "${CLASSES}\Applications\${WINDOW}.exe\shell\open\command" "" '$0 "%1"'
  !insertmacro each_workbook offer
  ; Windows knows a file by its last ending only, so a pack gets a word in the menu of its kind of zip.
  WriteRegStr SHCTX "${PACK_VERB}" "" "${W_TAKE_PACK}"
  WriteRegStr SHCTX "${PACK_VERB}" "Icon" "$0,0"
  WriteRegStr SHCTX "${PACK_VERB}" "AppliesTo" 'System.FileName:~>".pack.zip"'
  WriteRegStr SHCTX "${PACK_VERB}\command" "" '$0 "%1"'
FunctionEnd

; Explorer starts it, so that it never runs as administrator.
Function OpenProgram
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\program\${WINDOW}.exe"'
FunctionEnd

Function PutOnDesktop
  CreateShortcut "$DESKTOP\${SHORTCUT}.lnk" "$INSTDIR\program\${WINDOW}.exe"
FunctionEnd

!undef UN

; --- the uninstaller -----------------------------------------------------------------------------

!define UN "un."

Function un.onInit
  Call un.TakeParameters
  StrCpy $Scope "me"
  ReadRegStr $0 HKCU "${KEY}" "InstallLocation"
  ReadRegStr $1 HKLM "${KEY}" "InstallLocation"
  ${If} $0 != $INSTDIR
  ${AndIf} $1 == $INSTDIR
    StrCpy $Scope "all"
    SetShellVarContext all
    UserInfo::GetAccountType
    Pop $0
    ${If} $0 != "Admin"
    ${AndIfNot} ${Silent}
      ExecShell "runas" "$INSTDIR\uninstall.exe"
      Quit
    ${EndIf}
    Call un.StopIfNoRight
  ${EndIf}
FunctionEnd

Function un.ShowWhatStays
  !insertmacro MUI_HEADER_TEXT "${W_UN_TITLE}" ""
  nsDialogs::Create 1018
  Pop $0
  SetShellVarContext current
  ${NSD_CreateLabel} 0 0 100% 28u "${W_UN}"
  Pop $0
  ${NSD_CreateCheckBox} 0 40u 100% 14u "${W_UN_DATA}"
  Pop $Box
  ${NSD_CreateLabel} 12u 56u 95% 40u "${W_UN_DATA_WHERE}"
  Pop $0
  Call un.UseScope
  GetDlgItem $0 $HWNDPARENT 1
  SendMessage $0 ${WM_SETTEXT} 0 "STR:$(^UninstallBtn)"
  nsDialogs::Show
FunctionEnd

Function un.TakeWhatStays
  ${NSD_GetState} $Box $0
  ${If} $0 = ${BST_CHECKED}
    MessageBox MB_YESNO|MB_DEFBUTTON2|MB_ICONEXCLAMATION "${W_UN_DATA_ASK}" IDYES sure
    Abort
    sure:
    StrCpy $DeleteData 1
  ${EndIf}
FunctionEnd

Function un.UseScope
  ${If} $Scope == "all"
    SetShellVarContext all
  ${EndIf}
FunctionEnd

Section "Uninstall"
  Call un.StopIfRunning
  RMDir /r "$INSTDIR\program"
  RMDir /r "$INSTDIR\program.new"
  RMDir /r "$INSTDIR\program.old"
  Delete "$INSTDIR\uninstall.exe"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"
  Call un.Unregister
  DeleteRegKey SHCTX "${KEY}"
  Call un.TellExplorer
  ${If} $DeleteData = 1
    SetShellVarContext current
    RMDir /r "$LOCALAPPDATA\${DATA}"
  ${EndIf}
  StrCpy $R1 "${W_REMOVED}"
  Call un.Note
SectionEnd
